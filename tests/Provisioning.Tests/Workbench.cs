using System.Globalization;
using System.Text;
using DevKit.Boot;
using DevKit.CertGen;
using DevKit.CertGen.Terminals;
using DevKit.Platform;

namespace DevKit.Provisioning.Tests;

/// <summary>A folder with what somebody needs who sets boards up, and the generator's command line.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly SignalWriter _output = new();

    public Workbench()
    {
        Folder = Directory.CreateTempSubdirectory("provision-test-").FullName;
        Image = PathOf("DevKitDps.dll");
        File.WriteAllBytes(Image, MeasuredImage.Read()!);
    }

    public string Folder { get; }

    /// <summary>The image that virtual boards run.</summary>
    public string Image { get; }

    /// <summary>What was printed since the beginning.</summary>
    public string Output => _output.ToString();

    /// <summary>What was printed on the error stream in the last run.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Names of the certificates and UDS files in the folder, but for the CA's.</summary>
    public string[] Results => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file))
        .Where(name => Path.GetExtension(name) is ".pem" or ".uds" && !name.StartsWith("owner", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string ReadText(string name) => File.ReadAllText(PathOf(name));

    /// <summary>A file that its owner alone may read.</summary>
    public string WriteSecret(string name, string line)
    {
        AtomicFile.WritePrivate(PathOf(name), Encoding.UTF8.GetBytes(line + "\n"));
        return PathOf(name);
    }

    /// <summary>Waits until something was printed.</summary>
    public Task WaitForAsync(string text) => _output.WaitForAsync(text);

    /// <summary>Runs <c>certgen provision</c> with the folder for its results.</summary>
    public Task<int> ProvisionAsync(string port, params string[] args) =>
        RunAsync(null, ["provision", "--port", port, "--out", Folder, .. args]);

    /// <summary>The same for somebody at a console.</summary>
    public Task<int> ProvisionAtConsoleAsync(string answers, string port, params string[] args)
        => RunAsync(answers, ["provision", "--port", port, "--out", Folder, .. args]);

    /// <summary>Makes a CA, whose key's password is in <c>password.txt</c>.</summary>
    public async Task<string[]> MakeAuthorityAsync()
    {
        string password = WriteSecret("password.txt", "correct horse"), ca = PathOf("owner-ca.pem"), key = PathOf("owner-ca.key");
        Assert.AreEqual(0, await RunAsync(null, ["ca", "--password", password, "--out", ca, "--key-out", key]), Error);
        return ["--ca", ca, "--ca-key", key, "--password", password];
    }

    /// <summary>Runs the generator.</summary>
    /// <param name="answers">What a person types; null for a script, whose input is empty.</param>
    /// <param name="args">A command and options.</param>
    public async Task<int> RunAsync(string? answers, string[] args)
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int code = await CertGenCommand.RunAsync(args, new Terminal
        {
            Input = new StringReader(answers ?? ""),
            Output = _output,
            Error = error,
            IsInteractive = answers != null,
            IsAtConsole = answers != null,
        });
        Error = error.ToString();
        return code;
    }

    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
