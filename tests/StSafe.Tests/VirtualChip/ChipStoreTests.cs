using System.Runtime.Versioning;
using DevKit.Support.Chip;
using DevKit.VirtualParts.I2c;
using DevKit.VirtualParts.StSafe;

namespace DevKit.StSafe.Tests.VirtualChip;

/// <summary>What a virtual chip keeps without power.</summary>
[TestClass]
public sealed class ChipStoreTests
{
    private string _folder = "";

    [TestInitialize]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("stsafe").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Settings_outlive_power_in_a_file()
    {
        string path = Path.Combine(_folder, "new", "chip.json");
        var rig = PowerOn(path);
        rig.UpdateZone(6, 0, "kept"u8.ToArray());
        CollectionAssert.AreEqual("kept"u8.ToArray(), PowerOn(path).ReadZone(6, 0, 4));
    }

    [TestMethod]
    public void Memory_is_the_same_after_a_round_through_its_file()
    {
        var memory = new ChipMemory([new VirtualZone(3, 5) { Counter = 7, AccessByte = 0x69 }, new VirtualZone(200, 65535)])
        {
            LifeCycle = 0x83,
            HasHostKeys = true,
        };
        "\0\u0010\0"u8.CopyTo(memory.Zones[0].Data);
        memory.Zones[1].Data[65534] = 0xF0;
        ChipMemory read = ChipMemory.Parse(memory.ToBytes());
        CollectionAssert.AreEqual(memory.ToBytes(), read.ToBytes());
        CollectionAssert.AreEqual(memory.Zones[0].Data, read.Zones[0].Data);
        CollectionAssert.AreEqual(memory.Zones[1].Data, read.Zones[1].Data);
        Assert.AreEqual(0x69, read.Zones[0].AccessByte);
        Assert.AreEqual(7u, read.Zones[0].Counter);
        Assert.AreEqual(0x83, read.LifeCycle);
        Assert.IsTrue(read.HasHostKeys);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void File_is_its_owner_s_alone()
    {
        string path = Path.Combine(_folder, "chip.json");
        // What was there before, with other rights, and what a process left that was killed.
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
        File.WriteAllText(path + ".0123456789abcdef0123456789abcdef.new", "half a file");
        new FileChipStore(path).Save(MemoryWith(3));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.AreEqual(3, new FileChipStore(path).Load()!.Zones[0].Data[0]);
        Assert.HasCount(1, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void File_is_whole_at_any_instant()
    {
        string path = Path.Combine(_folder, "chip.json");
        var store = new FileChipStore(path);
        store.Save(MemoryWith(0));
        using var stop = new CancellationTokenSource();
        // Another process that looks at any instant sees what a next power-on would.
        Task<int> looking = Task.Run(() =>
        {
            int looks = 0;
            for (; !stop.IsCancellationRequested; looks++)
            {
                byte[] seen = new FileChipStore(path).Load()!.Zones[0].Data;
                Assert.IsFalse(seen.AsSpan().ContainsAnyExcept(seen[0]));
            }

            return looks;
        });
        for (int i = 1; i <= 200; i++)
        {
            store.Save(MemoryWith((byte)i));
        }

        stop.Cancel();
        Assert.IsGreaterThan(0, looking.GetAwaiter().GetResult());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("half a file")]
    [DataRow("""{"format":"stsafe-a100/2","lifeCycle":"03","hostKeys":false,"zones":[]}""")]
    [DataRow("""{"format":"stsafe-a100/1","lifeCycle":"","hostKeys":false,"zones":[]}""")]
    [DataRow("""{"format":"stsafe-a100/1","lifeCycle":"03","hostKeys":false}""")]
    [DataRow(
        """{"format":"stsafe-a100/1","lifeCycle":"03","hostKeys":false,"zones":[{"index":0,"access":"88","length":1,"data":"0000"}]}""")]
    [DataRow("""{"format":"stsafe-a100/1","lifeCycle":"03","hostKeys":false,"zones":[{"index":0,"access":"88","length":-1,"data":""}]}""")]
    [DataRow("""{"format":"stsafe-a100/1","lifeCycle":"03","hostKeys":false,"zones":[{"index":0,"access":"88","length":1,"data":"xy"}]}""")]
    public void Damaged_file_is_named_as_such(string contents)
    {
        string path = Path.Combine(_folder, "chip.json");
        File.WriteAllText(path, contents);
        InvalidDataException damage = Assert.ThrowsExactly<InvalidDataException>(() => new VirtualStSafe(new FileChipStore(path)));
        Assert.Contains(path, damage.Message);
        Assert.AreEqual(contents, File.ReadAllText(path), "It is left for its owner to look at.");
    }

    private static ChipMemory MemoryWith(byte filling)
    {
        var memory = new ChipMemory([new VirtualZone(0, 30_000)]);
        memory.Zones[0].Data.AsSpan().Fill(filling);
        return memory;
    }

    private static StSafeA100 PowerOn(string path)
    {
        var clock = new VirtualClock();
        var bus = new I2cBus();
        bus.Attach(VirtualStSafe.Address, new VirtualStSafe(new FileChipStore(path), clock));
        new TimedBus(bus, clock).Install();
        return new StSafeA100(new(new(1, StSafeA100.DefaultI2cAddress)), clock.Pause);
    }
}
