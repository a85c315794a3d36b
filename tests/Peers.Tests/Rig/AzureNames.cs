using System.Diagnostics;
using System.Text;
using DevKit.Support.Peers;

namespace DevKit.Peers.Tests.Rig;

/// <summary>
/// Lends Azure's names to an emulator: a program runs in a mount namespace of its own, where the hosts file gives them its address.
/// </summary>
/// <param name="hostsFile">That file.</param>
internal sealed class AzureNames(string hostsFile)
{
    private static readonly Lazy<bool> CanBeLent =
        new(() => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && CanUnshare());

    /// <summary>The names need Linux and root, and so does port 443: without them the test says so, and proves nothing.</summary>
    internal static void Require() => Programs.Require(
        CanBeLent.Value,
        "Azure's names and its port 443 are lent to the emulator in a mount namespace: run these tests on Linux as root, "
        + "where \"unshare --mount\" is allowed.");

    /// <summary>Writes the hosts file for an emulator's address.</summary>
    internal void Give(string address, params string[] names) =>
        File.WriteAllText(hostsFile, $"127.0.0.1 localhost\n{address} {string.Join(' ', names)}\n");

    /// <summary>Runs a program to its end; returns what it wrote.</summary>
    internal Task<string> RunAsync(string program, string input, params string[] arguments) => Programs.RunAsync(
        Unshare(),
        Encoding.UTF8.GetBytes(input),
        ["--mount", "sh", "-c", "mount --bind \"$0\" /etc/hosts && exec \"$@\"", hostsFile, program, .. arguments]);

    private static bool CanUnshare()
    {
        using var process = Process.Start(new ProcessStartInfo(Unshare(), ["--mount", "true"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string Unshare() => Programs.Require("unshare", "install util-linux");
}
