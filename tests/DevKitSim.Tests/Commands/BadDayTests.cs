using DevKit.Boot.Settings;
using DevKit.Platform;
using DevKit.Sim.Board;
using DevKit.Support.Boards;
using DevKit.Support.Machines;

namespace DevKit.Sim.Tests.Commands;

/// <summary>What can befall a board's folder: a clear line, and nothing lost.</summary>
[TestClass]
[DoNotParallelize]
public sealed class BadDayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devkit-bad-day-").FullName;

    public TestContext TestContext { get; set; } = null!;

    private string Board => Path.Combine(_folder, "board");

    private string ChipFile => Path.Combine(Board, "stsafe.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task A_second_program_is_told_that_the_board_runs_and_the_first_one_goes_on()
    {
        using BoardProcess first = new("--board", Board, "--hold-a");
        await first.Output.ReadUntilAsync("# ");
        Assert.Contains($"--board {Board}: another program runs this board.", await CommandLine.RefuseAsync("run", "--board", Board));
        await TypeAsync(first, "set_wifissid mine\n");
        await first.Output.ReadUntilAsync("INFO: Set Wi-Fi SSID successfully.");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{\"format\":")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("{\"format\":\"stsafe-a100/1\",\"lifeCycle\":\"03\",\"zones\":[null]}")]
    [DataRow("{\"format\":\"stsafe-a100/1\",\"lifeCycle\":\"03\",\"zones\":[{\"index\":0,\"access\":\"88\",\"length\":8}]}")]
    [DataRow(
        "{\"format\":\"stsafe-a100/1\",\"lifeCycle\":\"03\",\"zones\":[{\"index\":0,\"access\":\"88\",\"length\":1,\"data\":\"0001\"}]}")]
    public async Task A_damaged_chip_file_is_named_with_the_remedy_and_left_as_it_is(string contents)
    {
        Directory.CreateDirectory(Board);
        await File.WriteAllTextAsync(ChipFile, contents, TestContext.CancellationToken);
        string refusal = await CommandLine.RefuseAsync("run", "--board", Board);
        Assert.Contains($"{ChipFile} is no virtual chip's memory, or is damaged. Remove it to start with a new chip.", refusal);
        Assert.Contains(ChipFile, await CommandLine.RefuseAsync("run", "--board", Board, "--set", "wifissid=mine"));
        Assert.AreEqual(contents, await File.ReadAllTextAsync(ChipFile, TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("{\"Mac\":\"yJNGAAA=\",\"UniqueDeviceId\":\"AQIDBAUGBwgJCgsM\"}")]
    [DataRow("{\"Mac\":\"?\",\"UniqueDeviceId\":\"AQIDBAUGBwgJCgsM\"}")]
    public async Task Damaged_serial_numbers_are_named_with_the_remedy_and_left_as_they_are(string contents)
    {
        Directory.CreateDirectory(Board);
        string file = Path.Combine(Board, "board.json");
        await File.WriteAllTextAsync(file, contents, TestContext.CancellationToken);
        string refusal = await CommandLine.RefuseAsync("run", "--board", Board);
        Assert.Contains($"{file} is damaged: ", refusal);
        Assert.Contains("Remove the folder for a factory-fresh board.", refusal);
        Assert.AreEqual(contents, await File.ReadAllTextAsync(file, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_read_only_folder_is_named_with_the_option()
    {
        using SmallDisk disk = new();
        disk.MakeReadOnly();
        string board = Path.Combine(disk.FullPath, "board");
        string refusal = await CommandLine.RefuseAsync("run", "--board", board);
        Assert.Contains($"--board {board}: the board can't be kept there: ", refusal);
        Assert.Contains("Name another folder with --board.", refusal);
    }

    [TestMethod]
    public async Task A_full_disk_is_named_with_the_option()
    {
        using SmallDisk disk = new();
        disk.Fill();
        string board = Path.Combine(disk.FullPath, "board");
        Assert.Contains($"--board {board}: the board can't be kept there: ", await CommandLine.RefuseAsync("run", "--board", board));
    }

    [TestMethod]
    public async Task A_disk_that_fills_up_meanwhile_costs_the_power_and_no_setting()
    {
        using SmallDisk disk = new();
        string folder = Path.Combine(disk.FullPath, "board");
        using VirtualDevKit board = new(new BoardOptions { Folder = folder });
        await FailToStoreAsync(board, disk.Fill, "No space left on device");
        Assert.AreEqual("before", StoredSettings.ReadText(folder, Setting.WifiSsid));
        disk.Free();
        await BoardSetup.ApplyAsync(board, [new BoardSetting("wifissid", "after"u8.ToArray())], TestContext.CancellationToken);
        Assert.AreEqual("after", StoredSettings.ReadText(folder, Setting.WifiSsid));
    }

    [TestMethod]
    public async Task A_folder_that_is_gone_costs_the_power_and_is_told()
    {
        using VirtualDevKit board = new(new BoardOptions { Folder = Board });
        await FailToStoreAsync(board, () => Directory.Move(Board, Path.Combine(_folder, "elsewhere")), "Could not find a part of the path");
        Assert.AreEqual("before", StoredSettings.ReadText(Path.Combine(_folder, "elsewhere"), Setting.WifiSsid));
    }

    // What the console has said to be set is set; what it was at is the old value or the new one.
    [TestMethod]
    public async Task Killing_the_program_at_any_moment_loses_no_setting()
    {
        const int Values = 8;
        for (int told = 0; told < Values; told++)
        {
            using BoardProcess session = new("--board", Board, "--hold-a");
            await session.Output.ReadUntilAsync("# ");
            await TypeAsync(session, string.Concat(Enumerable.Range(0, Values).Select(i => $"set_wifissid {told}-{i}\n")));
            for (int i = 0; i <= told; i++)
            {
                await session.Output.ReadUntilAsync("INFO: Set Wi-Fi SSID successfully.");
            }

            session.Kill();
            string stored = StoredSettings.ReadText(Board, Setting.WifiSsid) ?? "nothing";
            CollectionAssert.Contains(Enumerable.Range(told, Values - told).Select(i => $"{told}-{i}").ToArray(), stored);
            using FolderLock? next = FolderLock.TryAcquire(Board);
            Assert.IsNotNull(next);
        }
    }

    /// <summary>Sets a name, has the folder fail, and sets another.</summary>
    private async Task FailToStoreAsync(VirtualDevKit board, Action fail, string reason)
    {
        await BoardSetup.ApplyAsync(board, [new BoardSetting("wifissid", "before"u8.ToArray())], TestContext.CancellationToken);
        TaskCompletionSource<string> notified = new(TaskCreationOptions.RunContinuationsAsynchronously);
        board.Notified += note => notified.TrySetResult(note);
        board.SerialSent += bytes => board.TypeSerial(bytes.Contains((byte)'#') ? "set_wifissid after\r"u8 : []);
        board.SetButton(DevKit.Board.BoardPins.ButtonA, true);
        fail();
        board.PlugIn();
        string note = await notified.Task.WaitAsync(TestContext.CancellationToken);
        Assert.Contains($"The secure element's memory can't be kept: {reason}", note);
        Assert.Contains("The plug was pulled, and what was kept before is whole.", note);
        Assert.IsFalse(board.IsPowered);
    }

    private async Task TypeAsync(BoardProcess session, string text)
    {
        await session.Input.WriteAsync(text.AsMemory(), TestContext.CancellationToken);
        await session.Input.FlushAsync(TestContext.CancellationToken);
    }
}
