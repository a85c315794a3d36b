namespace DevKit.Sim.Sessions;

/// <summary>What a user has of a board while it runs.</summary>
internal interface ISession
{
    /// <summary>Shows the user a line, until another one comes.</summary>
    void Note(string text);

    /// <summary>Prints a line among those of the serial port, where it stays.</summary>
    void Print(string line);

    /// <summary>Plugs the board in and serves the user until the session is ended.</summary>
    /// <param name="cancellation">Ends the session.</param>
    /// <exception cref="IOException">The board can't be started.</exception>
    void Run(CancellationToken cancellation);
}
