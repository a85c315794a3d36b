namespace DevKit.Support.Machines;

/// <summary>The board has no power any more; what still runs unwinds.</summary>
public sealed class PoweredOffException : Exception;
