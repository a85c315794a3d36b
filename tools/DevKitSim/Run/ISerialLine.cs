namespace DevKit.Sim.Run;

/// <summary>The far end of the serial cable, for a program outside.</summary>
internal interface ISerialLine : IDisposable
{
    /// <summary>Where a serial monitor connects, for the user.</summary>
    string Description { get; }
}
