using System.Text;
using DevKit.Boot.Settings;
using DevKit.Support.Chip;
using DevKit.Support.Faults;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Boot.Tests.Settings;

/// <summary>Every fault that the virtual chip can make, with every operation of the settings store.</summary>
[TestClass]
public sealed class StoreFaultMatrixTests
{
    private const int LongStride = 11;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Store_survives_every_fault() => TestContext.WriteLine(FaultMatrix.RunAll(Operations()));

    [TestMethod]
    public void No_operation_makes_a_transfer_that_the_device_s_driver_cuts() => FaultMatrix.AssertTransfersAreShort(Operations());

    [TestMethod]
    public void Power_may_fail_again_while_the_first_failure_is_put_right()
    {
        int runs = 0;
        foreach (Operation operation in new[]
        {
            Write(Setting.Cloud, SampleSettings.Cloud(300, 'a'), SampleSettings.Cloud(420, 'b')),
            Write(Setting.DeviceCertificate, SampleSettings.Certificate(900, 'a'), SampleSettings.Certificate(650, 'b')),
        })
        {
            foreach (MemoryChipStore first in FaultMatrix.CutAtEachWrite(operation, operation.Before))
            {
                foreach (MemoryChipStore second in FaultMatrix.CutAtEachWrite(operation, first))
                {
                    runs++;
                    Assert.IsTrue(operation.IsOldOrNew(operation.Observe(second)), operation.Name);
                    operation.Run(new ChipRig(second));
                    Assert.IsTrue(operation.After.AsSpan().SequenceEqual(Operation.Contents(second)), operation.Name);
                }
            }
        }

        TestContext.WriteLine($"{runs} pairs of power cuts");
        Assert.IsGreaterThan(500, runs);
    }

    private static IEnumerable<Operation> Operations()
    {
        byte[] ssid = "home"u8.ToArray();
        byte[] password = "correct horse battery staple"u8.ToArray();
        yield return Read(Setting.WifiSsid, ssid);
        yield return Read(Setting.Cloud, SampleSettings.Cloud(300, 'k'));
        yield return Read(Setting.DeviceCertificate, SampleSettings.Certificate(700, 'k'));
        yield return Write(Setting.WifiSsid, null, ssid);
        yield return Write(Setting.WifiPassword, "another password"u8.ToArray(), password);
        yield return Write(Setting.Uds, SampleSettings.Uds('1'), SampleSettings.Uds('e'));
        yield return Erase(Setting.WifiPassword, password);
        yield return Erase(Setting.Uds, SampleSettings.Uds('1'));
        foreach (
            (int before, int after) in new[] { (0, 100), (0, 400), (100, 400), (400, 100), (179, 180), (180, 179), (181, 181), (300, 420),
            (420, 300) })
        {
            yield return Write(Setting.Cloud, before == 0 ? null : SampleSettings.Cloud(before, 'a'), SampleSettings.Cloud(after, 'b'));
        }

        yield return Erase(Setting.Cloud, SampleSettings.Cloud(400, 'a'));
        foreach ((int before, int after) in new[] { (0, 700), (0, 2639), (650, 900), (900, 650), (1400, 1400) })
        {
            yield return Write(
                Setting.DeviceCertificate,
                before == 0 ? null : SampleSettings.Certificate(before, 'a'),
                SampleSettings.Certificate(after, 'b'));
        }

        yield return Erase(Setting.DeviceCertificate, SampleSettings.Certificate(1200, 'a'));
    }

    private static byte[] ObserveSetting(ChipRig rig, Setting setting)
    {
        SettingValue value = rig.Settings().Read(setting);
        return [.. Encoding.ASCII.GetBytes(value.State + ":"), .. value.Bytes ?? []];
    }

    private static Operation Write(Setting setting, byte[]? old, byte[] value) => new(
        $"write {setting}, {old?.Length ?? 0} to {value.Length} bytes",
        rig => Prepare(rig, setting, old),
        rig => rig.Settings().Write(setting, value),
        rig => ObserveSetting(rig, setting))
    { Stride = StrideFor(Math.Max(value.Length, old?.Length ?? 0)) };

    private static Operation Read(Setting setting, byte[] value) => new(
        $"read {setting}, {value.Length} bytes",
        rig => rig.Settings().Write(setting, value),
        rig => AreEqual(value, rig.Settings().Read(setting).Bytes),
        rig => ObserveSetting(rig, setting))
    { Stride = StrideFor(value.Length) };

    private static Operation Erase(Setting setting, byte[] old) => new(
        $"erase {setting}, {old.Length} bytes",
        rig => rig.Settings().Write(setting, old),
        rig => rig.Settings().Erase(setting),
        rig => ObserveSetting(rig, setting))
    { Stride = StrideFor(old.Length) };

    /// <summary>Each bit and byte where a setting is one short update; a sample where there are many long ones.</summary>
    private static int StrideFor(int length) => length <= 64 ? 1 : length <= 512 ? LongStride * 3 : LongStride * 7;

    private static void Prepare(ChipRig rig, Setting setting, byte[]? old)
    {
        if (old != null)
        {
            rig.Settings().Write(setting, old);
        }
    }

    private static void AreEqual(byte[] expected, byte[] actual) =>
        Assert.IsTrue(expected.AsSpan().SequenceEqual(actual), "What was returned is not what stands in the chip.");
}
