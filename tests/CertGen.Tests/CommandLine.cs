using System.Globalization;
using System.Text;
using System.Text.Json;
using DevKit.CertGen.Terminals;
using DevKit.Platform;

namespace DevKit.CertGen.Tests;

/// <summary>The generator's command line in a folder of its own.</summary>
internal sealed class CommandLine : IDisposable
{
    public const string Uds = "19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eae";

    public CommandLine()
    {
        Folder = Directory.CreateTempSubdirectory("certgen-test-").FullName;
        Image = WriteFile("image.pe", MakeImage(1, 4, 1, 0));
    }

    public string Folder { get; }

    /// <summary>An image that states version 1.4.1.0.</summary>
    public string Image { get; }

    /// <summary>What was printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What was printed on the error stream.</summary>
    public string Error { get; private set; } = "";

    /// <summary>The same from the refusal on.</summary>
    public string Refusal => Error[Math.Max(0, Error.IndexOf("Error: ", StringComparison.Ordinal))..];

    /// <summary>What was printed, as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Names of the files in the folder.</summary>
    public string[] Files => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>A nanoFramework image with a version and a name, its length right and its code missing.</summary>
    public static byte[] MakeImage(ushort major, ushort minor, ushort build, ushort revision, string name = "DevKitDps")
    {
        const int VersionOffset = 28;
        const int NameOffset = 36;
        const int StringsOffset = 84;
        const int LengthOffset = 100;
        const int StringsStart = 104;
        const ushort NameStart = 3;
        byte[] image = new byte[132];
        "NFMRK1"u8.CopyTo(image);
        ushort[] version = [major, minor, build, revision];
        for (int i = 0; i < version.Length; i++)
        {
            BitConverter.TryWriteBytes(image.AsSpan(VersionOffset + (2 * i)), version[i]);
        }

        BitConverter.TryWriteBytes(image.AsSpan(NameOffset), NameStart);
        BitConverter.TryWriteBytes(image.AsSpan(StringsOffset), StringsStart);
        Encoding.ASCII.GetBytes(name, image.AsSpan(StringsStart + NameStart));
        BitConverter.TryWriteBytes(image.AsSpan(LengthOffset), image.Length);
        return image;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string WriteFile(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    /// <summary>A file that its owner alone may read.</summary>
    public string WriteSecret(string name, byte[] bytes)
    {
        AtomicFile.WritePrivate(PathOf(name), bytes);
        return PathOf(name);
    }

    /// <summary>Runs the generator with the folder as current folder; returns its exit code.</summary>
    public int Run(string[] args, string input = "")
        => Run((output, error) => CertGenCommand.RunAsync(args, new StringReader(input), output, error));

    /// <summary>The same for somebody at a console.</summary>
    public int RunAtConsole(string[] args, string answers)
        => Run((output, error) => CertGenCommand.RunAsync(args, new Terminal
        {
            Input = new StringReader(answers),
            Output = output,
            Error = error,
            IsInteractive = true,
            IsAtConsole = true,
        }));

    private int Run(Func<TextWriter, TextWriter, Task<int>> run)
    {
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(Folder);
        try
        {
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            using var error = new StringWriter(CultureInfo.InvariantCulture);
            int exitCode = run(output, error).GetAwaiter().GetResult();
            (Output, Error) = (output.ToString(), error.ToString());
            return exitCode;
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
