using System.ComponentModel;
using System.Diagnostics;

namespace DevKit.Dice.Tests.Support;

/// <summary>The openssl program, where there is one.</summary>
internal static class OpenSsl
{
    /// <summary>Runs it in a folder of its own with the given files.</summary>
    /// <returns>The exit code, and all that it said.</returns>
    internal static (int ExitCode, string Output) Run(IReadOnlyDictionary<string, string> files, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("dice-").FullName;
        try
        {
            foreach ((string name, string text) in files)
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }

            ProcessStartInfo start = new("openssl", arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Start(start);
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive("There is no openssl on this machine.");
            throw;
        }
    }
}
