namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A folder of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string FullPath { get; } = Directory.CreateTempSubdirectory("dps-emulator-").FullName;

    public void Dispose() => Directory.Delete(FullPath, recursive: true);

    internal string File(string name, string text)
    {
        string path = Path.Combine(FullPath, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
