using System.Diagnostics;

namespace DevKit.CertGen.Tests;

[TestClass]
public sealed class ProgramTests : IDisposable
{
    private readonly CommandLine _certGen = new();

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    public void Program_reads_the_secret_from_a_pipe()
    {
        string[] args = ["--image", "image.pe", "--uds", "-", "--mac", "c89346854138"];
        (int exitCode, string output, string error) = Run(args, CommandLine.Uds + "\n");

        Assert.AreEqual(0, exitCode, error);
        StringAssert.StartsWith(output, "Registration ID: az-c89346854138v1v4v1");
        CollectionAssert.AreEqual(new[] { "az-c89346854138v1v4v1.pem", "image.pe" }, _certGen.Files);
    }

    [TestMethod]
    public void Program_in_a_script_does_not_ask_for_what_is_missing()
    {
        (int exitCode, string output, string error) = Run(["--image", "image.pe", "--uds", "-"], CommandLine.Uds + "\nmy-devkit\n");

        Assert.AreEqual(1, exitCode, output);
        StringAssert.StartsWith(error, "Error: --registration-id or --mac is missing.");
        CollectionAssert.AreEqual(new[] { "image.pe" }, _certGen.Files);
    }

    [TestMethod]
    public void Program_that_refuses_exits_with_1_and_no_stack_trace()
    {
        (int exitCode, string output, string error) = Run([], "none.pe\n");

        Assert.AreEqual(1, exitCode, output);
        StringAssert.StartsWith(error, "Error: The image none.pe does not exist.");
        Assert.IsFalse(error.Contains("   at ", StringComparison.Ordinal));
    }

    private (int ExitCode, string Output, string Error) Run(string[] args, string input)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CertGen.dll"), .. args])
        {
            WorkingDirectory = _certGen.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
