namespace DevKit.Sim.Run;

/// <summary>Holds a board's folder, so that no second program runs the same board.</summary>
internal sealed class BoardLock : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Takes the folder.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <exception cref="IOException">Another program runs this board.</exception>
    public BoardLock(string folder)
    {
        string file = Path.Combine(folder, "in-use");
        try
        {
            const int NoBuffer = 1;
            _file = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, NoBuffer, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new IOException($"Another program runs the board in {folder}: end it, or name another folder with --board.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
