namespace DevKit.Sim.Serial;

/// <summary>The far end of the serial cable, for a program outside.</summary>
internal interface ISerialLine : IDisposable
{
    /// <summary>Where it is, in a word or two.</summary>
    string Place { get; }

    /// <summary>A command that connects to it.</summary>
    string Hint { get; }

    /// <summary>Plugs the cable into the board: what is sent goes through from now on. Once.</summary>
    void Attach();
}
