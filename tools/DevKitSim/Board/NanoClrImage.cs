namespace DevKit.Sim.Board;

/// <summary>The nanoCLR images that a DevKit may run; they differ in what they have and in their booter.</summary>
public enum NanoClrImage
{
    /// <summary>As published: no serial port, no network; its booter keeps the board while button A is held at reset.</summary>
    Published,

    /// <summary>With USART1 on the edge connector, and a booter that steps aside; no network.</summary>
    Console,

    /// <summary>The console image with a network stack.</summary>
    Network,
}
