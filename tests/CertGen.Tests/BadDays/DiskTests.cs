using System.Security.Cryptography.X509Certificates;
using DevKit.Support.Machines;

namespace DevKit.CertGen.Tests.BadDays;

/// <summary>Disks that are full, read-only or somebody else's: a clear line, and no half of anything.</summary>
[TestClass]
public sealed class DiskTests
{
    private const int Page = 4096;
    private const int MostPages = 12;

    private static EveryCommand _commands = null!;

    public static IEnumerable<object[]> Writing => EveryCommand.Writing;

    private static CommandLine CertGen => _commands.CertGen;

    [ClassInitialize]
    public static void Prepare(TestContext _) => _commands = new EveryCommand();

    [ClassCleanup]
    public static void Remove() => _commands.Dispose();

    [TestMethod]
    [DynamicData(nameof(Writing))]
    public void Full_disk_is_told_however_much_room_is_left_and_holds_nothing_half(string command)
    {
        int pages = 0;
        for (; !SucceedsIn(command, pages * Page); pages++)
        {
            Assert.IsLessThan(MostPages, pages);
        }

        Assert.IsGreaterThan(0, pages);
    }

    [TestMethod]
    [DynamicData(nameof(Writing))]
    public void Read_only_disk_is_told(string command)
    {
        using SmallDisk disk = new();
        disk.MakeReadOnly();
        AssertRefused(command, disk.FullPath, "the disk is read-only. Name another place with --");
    }

    [TestMethod]
    [DynamicData(nameof(Writing))]
    public void Folder_that_may_not_be_written_to_is_told(string command)
    {
        using LockedFolder folder = new();
        AssertRefused(command, folder.FullPath, "you may not write there. Let yourself write there, or name another place with --");
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.FullPath));
    }

    private static bool SucceedsIn(string command, int room)
    {
        using SmallDisk disk = new();
        disk.Fill(room);
        if (CertGen.Run(_commands.ArgsOf(command, disk.FullPath)) == 0)
        {
            return true;
        }

        AssertTold(disk.FullPath, "the disk is full. Make room there, or name another place with --");
        disk.Free();
        string[] left = Directory.GetFiles(disk.FullPath, "*", SearchOption.AllDirectories);
        Assert.IsTrue(command is "batch" or "provision" || left.Length == 0, string.Join(", ", left));
        Array.ForEach(left, AssertWhole);
        Assert.AreEqual(0, CertGen.Run([.. _commands.ArgsOf(command, disk.FullPath), "--force"]), CertGen.Error);
        return false;
    }

    // What a batch and a box of boards have behind them when the disk is full stays.
    private static void AssertWhole(string path)
    {
        if (Path.GetExtension(path) == ".uds")
        {
            Assert.HasCount(64, File.ReadAllText(path).TrimEnd());
        }
        else
        {
            Assert.AreEqual(".pem", Path.GetExtension(path));
            X509Certificate2.CreateFromPem(File.ReadAllText(path)).Dispose();
        }
    }

    private static void AssertRefused(string command, string folder, string message)
    {
        Assert.AreEqual(1, CertGen.Run(_commands.ArgsOf(command, folder)));
        AssertTold(folder, message);
    }

    private static void AssertTold(string folder, string message)
    {
        string line = CertGen.Error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith($"Error: {folder}", line);
        Assert.Contains($" can't be written: {message}", line);
        Assert.DoesNotContain(".new", line);
    }
}
