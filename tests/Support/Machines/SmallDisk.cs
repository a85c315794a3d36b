using System.Diagnostics;
using DevKit.Support.Peers;

namespace DevKit.Support.Machines;

/// <summary>A disk of 256 KB, in memory, that can be filled and made read-only; only root on Linux can have one.</summary>
public sealed class SmallDisk : IDisposable
{
    /// <summary>Mounts it, or ends the test, which then proves nothing.</summary>
    public SmallDisk()
    {
        FullPath = Directory.CreateTempSubdirectory("devkit-disk-").FullName;
        if (!OperatingSystem.IsLinux() || !TryRun("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", FullPath))
        {
            Directory.Delete(FullPath);
            Programs.Require(false, "No disk can be mounted here: run as root on Linux.");
        }
    }

    public string FullPath { get; }

    private string Filler => Path.Combine(FullPath, "filler");

    /// <summary>Fills it to its last byte.</summary>
    public void Fill()
    {
        using FileStream file = File.Create(Filler);
        Assert.ThrowsExactly<IOException>(() =>
        {
            while (true)
            {
                file.Write(new byte[4096]);
                file.Flush();
            }
        });
    }

    /// <summary>Fills it up to some bytes.</summary>
    public void Fill(int room)
    {
        Fill();
        using FileStream file = File.OpenWrite(Filler);
        file.SetLength(file.Length - room);
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>Nothing can be written any more.</summary>
    public void MakeReadOnly() => Assert.IsTrue(TryRun("mount", "-o", "remount,ro", FullPath));

    public void Dispose()
    {
        TryRun("umount", "-l", FullPath);
        Directory.Delete(FullPath);
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
