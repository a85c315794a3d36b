using System.Text;
using DevKit.Boot.Settings;
using DevKit.StSafe.Frames;
using DevKit.StSafe.ProductInformation;

namespace DevKit.StSafe.Tests;

/// <summary>Every operation of driver and store, with the cases that go different ways in them.</summary>
internal static class Operations
{
    private const int LongStride = 11;

    public static IEnumerable<Operation> OfDriver()
    {
        byte[] pattern = DriverTests.Pattern(400);
        byte[] other = [.. pattern.Reverse()];
        yield return new Operation("find the chip", Nothing, rig => rig.NewDriver(), Observe(0, 1)) { MakesDriver = true };
        yield return new Operation("echo", Nothing, rig => AreEqual(pattern[..60], rig.Driver.Echo(pattern[..60])), Observe(0, 1));
        yield return new Operation(
            "random", Nothing, rig => Assert.HasCount(200, rig.Driver.GenerateRandom(200)), Observe(0, 1)) { Stride = 3 };
        yield return new Operation(
            "life cycle", Nothing, rig => Assert.AreEqual(StSafeLifeCyclePhase.Operational, rig.Driver.QueryLifeCycle().Phase),
            Observe(0, 1));
        yield return new Operation(
            "product data", Nothing, rig => Assert.AreEqual(StSafeFamily.A100, rig.Driver.QueryProductData().Family), Observe(0, 1));
        yield return new Operation("partition", Nothing, rig => Assert.AreEqual(984, rig.Driver.QueryPartition()[0].Length), Observe(0, 1));
        yield return new Operation("host keys", Nothing, rig => Assert.IsFalse(rig.Driver.QueryHostKeysPresent()), Observe(0, 1));
        yield return new Operation(
            "read 1 piece", rig => rig.Driver.UpdateZone(0, 5, pattern), rig => AreEqual(pattern[..60], rig.Driver.ReadZone(0, 5, 60)),
            Observe(5, 400));
        yield return new Operation(
            "read 3 pieces", rig => rig.Driver.UpdateZone(0, 5, pattern), rig => AreEqual(pattern, rig.Driver.ReadZone(0, 5, 400)),
            Observe(5, 400))
        { Stride = LongStride };
        yield return new Operation(
            "update 1 piece", rig => rig.Driver.UpdateZone(0, 5, other), rig => rig.Driver.UpdateZone(0, 5, pattern[..60]), Observe(5, 60));
        yield return new Operation(
            "update 3 pieces", rig => rig.Driver.UpdateZone(0, 5, other), rig => rig.Driver.UpdateZone(0, 5, pattern), Observe(5, 400))
        { Piece = StSafeA100.MaxDataLength, Stride = LongStride };
    }

    public static IEnumerable<Operation> OfStore()
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

    public static byte[] ObserveSetting(ChipRig rig, Setting setting)
    {
        SettingValue value = rig.Settings.Read(setting);
        return [.. Encoding.ASCII.GetBytes(value.State + ":"), .. value.Bytes ?? []];
    }

    public static Operation Write(Setting setting, byte[]? old, byte[] value) => new(
        $"write {setting}, {old?.Length ?? 0} to {value.Length} bytes",
        rig => Prepare(rig, setting, old),
        rig => rig.Settings.Write(setting, value),
        rig => ObserveSetting(rig, setting))
    { Stride = StrideFor(Math.Max(value.Length, old?.Length ?? 0)) };

    private static Operation Read(Setting setting, byte[] value) => new(
        $"read {setting}, {value.Length} bytes",
        rig => rig.Settings.Write(setting, value),
        rig => AreEqual(value, rig.Settings.Read(setting).Bytes),
        rig => ObserveSetting(rig, setting))
    { Stride = StrideFor(value.Length) };

    private static Operation Erase(Setting setting, byte[] old) => new(
        $"erase {setting}, {old.Length} bytes",
        rig => rig.Settings.Write(setting, old),
        rig => rig.Settings.Erase(setting),
        rig => ObserveSetting(rig, setting))
    { Stride = StrideFor(old.Length) };

    /// <summary>Each bit and byte where a setting is one short update; a sample where there are many long ones.</summary>
    private static int StrideFor(int length) => length <= 64 ? 1 : length <= 512 ? LongStride * 3 : LongStride * 7;

    private static void Prepare(ChipRig rig, Setting setting, byte[]? old)
    {
        if (old != null)
        {
            rig.Settings.Write(setting, old);
        }
    }

    private static void Nothing(ChipRig rig) => _ = rig.Driver;

    private static Func<ChipRig, byte[]> Observe(int offset, int count) => rig => rig.Driver.ReadZone(0, offset, count);

    private static void AreEqual(byte[] expected, byte[] actual) =>
        Assert.IsTrue(expected.AsSpan().SequenceEqual(actual), "What was returned is not what stands in the chip.");
}
