using System.Diagnostics;

namespace DevKit.CertGen.Tests.BadDays;

/// <summary>A folder that may not be written to, not even by root, for whom modes do not count.</summary>
internal sealed class LockedFolder : IDisposable
{
    /// <summary>Locks it, or ends the test, which then proves nothing.</summary>
    public LockedFolder()
    {
        FullPath = Directory.CreateTempSubdirectory("certgen-locked-").FullName;
        if (!OperatingSystem.IsLinux() || !TryRun("chattr", "+i"))
        {
            Directory.Delete(FullPath);
            Assert.Inconclusive("No folder can be locked here: run as root on a Linux disk that knows chattr +i.");
        }
    }

    public string FullPath { get; }

    public void Dispose()
    {
        TryRun("chattr", "-i");
        Directory.Delete(FullPath);
    }

    private bool TryRun(string program, string option)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, [option, FullPath]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
