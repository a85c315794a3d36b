using System.Diagnostics;

namespace DevKit.CertGen.Tests;

/// <summary>The generator as a .NET tool: packed, installed from the package alone, and run.</summary>
[TestClass]
public sealed class PackageTests : IDisposable
{
    private readonly CommandLine _certGen = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    public void Package_is_installed_and_its_program_makes_inspects_and_completes()
    {
        Install();

        Assert.AreEqual("Written: uds.txt", Run(Tool, ["uds"]).Split(',')[0]);
        Run(Tool, ["--image", "image.pe", "--uds", "uds.txt", "--registration-id", "my-devkit"]);
        StringAssert.StartsWith(Run(Tool, ["inspect", "my-devkit.pem"]), "Certificate: the alias certificate of the device my-devkit");
        StringAssert.StartsWith(
            Run(Tool, ["verify", "my-devkit.pem", "--image", "image.pe", "--uds", "uds.txt"]), "They belong together");
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual("inspect", Complete("certgen insp"));
            Assert.AreEqual("--registration-id", Complete("certgen verify my-devkit.pem --reg"));
        }
    }

    private string Tool => Path.Combine(_certGen.Folder, "tool", OperatingSystem.IsWindows() ? "certgen.exe" : "certgen");

    // What this test's build has made is packed: nothing is built here, where others build too.
    private void Install()
    {
        string repository = FindRepository();
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string project = Path.Combine(repository, "tools", "CertGen", "CertGen.csproj");
        Run("dotnet", ["pack", project, "--no-build", "-c", configuration, "-o", Path.Combine(_certGen.Folder, "packages")]);

        // No other source is asked, and no other package taken.
        File.WriteAllText(
            Path.Combine(_certGen.Folder, "nuget.config"),
            "<configuration><packageSources><clear /><add key=\"packed\" value=\"packages\" /></packageSources></configuration>");
        Run("dotnet", ["tool", "install", "DevKitDps.CertGen", "--tool-path", "tool", "--configfile", "nuget.config"]);
    }

    // As bash calls it when Tab is pressed at the end of the line.
    private string Complete(string line)
    {
        const string Script = """
            PATH="$PWD/tool:$PATH"
            source <(certgen completion bash)
            COMP_LINE="$1"; COMP_POINT=${#1}; COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _certgen
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        return Run("bash", ["-c", Script, "bash", line]).TrimEnd();
    }

    private string Run(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = _certGen.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_certGen.Folder, "cache");
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{program} {string.Join(' ', args)}: {output}{error.GetAwaiter().GetResult()}");
        return output;
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "host.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("host.slnx");
    }
}
