using System.Text;
using DevKit.Boot.Settings;
using DevKit.StSafe;
using DevKit.Support.Chip;
using DevKit.VirtualParts.I2c;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Boot.Tests.Settings;

/// <summary>The settings, in the original firmware's zones and formats.</summary>
[TestClass]
public sealed class SettingsStoreTests
{
    private static readonly Setting[] All = Enum.GetValues<Setting>();

    public static IEnumerable<object[]> Samples =>
    [
        [Setting.WifiSsid, "home", 3],
        [Setting.WifiSsid, "Café Größe 网络", 3],
        [Setting.WifiPassword, "correct horse battery staple", 10],
        [Setting.WifiPassword, new string('f', 64), 10],
        [Setting.Uds, "19e25a259d0c2be03a02d416c05c48ccf5a5e80e3f6ef3cf1bfb0b3a0b8f0b2D", 6],
        [Setting.Cloud, "HostName=hub.example;DeviceId=a;SharedAccessKey=QUJD", 5],
        [Setting.Cloud, "DPSEndpoint=global.azure-devices-provisioning.net;IdScope=0ne0000ABCD", 5],
        [Setting.DeviceCertificate, "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n", 0],
    ];

    // Each first byte with each second and what may follow: what is refused is what .NET finds to be no UTF-8.
    [TestMethod]
    public void A_Wifi_name_is_UTF8_or_refused()
    {
        int refused = 0, taken = 0;
        byte[][] ends = [[], [0x80], [0x80, 0x80], [0xBF, (byte)'x'], [0xBF, 0xC0], [(byte)'x']];
        for (int first = 0x80; first < 0xFF; first++)
        {
            for (int second = 0x80; second < 0xFF; second++)
            {
                foreach (byte[] end in ends)
                {
                    byte[] name = [(byte)'a', (byte)first, (byte)second, .. end];
                    bool isUtf8 = System.Text.Unicode.Utf8.IsValid(name);
                    Assert.AreEqual(
                        isUtf8, SettingsStore.FindProblem(Setting.WifiSsid, name) is null, Convert.ToHexString(name));
                    _ = isUtf8 ? taken++ : refused++;
                }
            }
        }

        Assert.IsGreaterThan(1000, taken);
        Assert.IsGreaterThan(1000, refused);
    }

    [TestMethod]
    [DynamicData(nameof(Samples))]
    public void Value_stands_in_the_original_s_zone_as_text_and_nul(Setting setting, string text, int zone)
    {
        var rig = new ChipRig();
        byte[] value = Encoding.UTF8.GetBytes(text);
        rig.Settings().Write(setting, value);
        Assert.AreEqual(0, rig.Driver.ReadZone(zone, value.Length, 1)[0]);
        CollectionAssert.AreEqual(value, rig.Driver.ReadZone(zone, 0, value.Length));
        SettingValue read = rig.Settings().Read(setting);
        Assert.AreEqual(SettingState.Set, read.State);
        CollectionAssert.AreEqual(value, read.Bytes);
        Assert.IsNull(read.Problem);
    }

    [TestMethod]
    [DynamicData(nameof(Samples))]
    public void Value_that_the_original_stored_is_read(Setting setting, string text, int zone)
    {
        var rig = new ChipRig();
        // The original leaves behind the NUL what stood there before.
        rig.Driver.UpdateZone(zone, 0, [.. Encoding.UTF8.GetBytes(text), 0, (byte)'o', (byte)'l', (byte)'d']);
        Assert.AreEqual(text, Encoding.UTF8.GetString(rig.Settings().Read(setting).Bytes));
    }

    [TestMethod]
    [DataRow(0x00)]
    [DataRow(0xFF)]
    public void Erased_zones_are_not_set(int erased)
    {
        var rig = new ChipRig(ChipRig.MemoryFilledWith((byte)erased));
        foreach (Setting setting in All)
        {
            SettingValue value = rig.Settings().Read(setting);
            Assert.AreEqual(SettingState.NotSet, value.State);
            Assert.IsNull(value.Bytes);
            rig.Settings().Erase(setting);
        }

        Assert.IsFalse(rig.Bus.Transfers.Any(transfer => transfer.IsUpdate), "Erasing what is erased writes nothing.");
    }

    [TestMethod]
    public void Every_setting_can_be_written_over_erased_FF()
    {
        foreach (object[] sample in Samples)
        {
            var rig = new ChipRig(ChipRig.MemoryFilledWith(0xFF));
            byte[] value = Encoding.UTF8.GetBytes((string)sample[1]);
            rig.Settings().Write((Setting)sample[0], value);
            CollectionAssert.AreEqual(value, rig.Settings().Read((Setting)sample[0]).Bytes);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Samples))]
    public void Erased_value_is_gone_to_the_last_byte(Setting setting, string text, int zone)
    {
        var rig = new ChipRig();
        rig.Settings().Write(setting, Encoding.UTF8.GetBytes(text));
        rig.Settings().Erase(setting);
        Assert.AreEqual(SettingState.NotSet, rig.Settings().Read(setting).State);
        Assert.IsFalse(rig.Driver.ReadZone(zone, 0, 88).AsSpan().ContainsAnyExcept((byte)0));
    }

    [TestMethod]
    [DataRow(Setting.WifiPassword, 10)]
    [DataRow(Setting.Cloud, 5)]
    public void Shorter_value_leaves_nothing_of_a_longer_secret(Setting setting, int zone)
    {
        var rig = new ChipRig();
        bool isCloud = setting == Setting.Cloud;
        rig.Settings().Write(setting, isCloud ? SampleSettings.Cloud(512, 's') : Encoding.ASCII.GetBytes(new string('s', 64)));
        rig.Settings().Write(setting, isCloud ? SampleSettings.Cloud(60, 'n') : "new"u8.ToArray());
        int length = isCloud ? 584 : 88;
        Assert.IsFalse(rig.Driver.ReadZone(zone, 0, length).AsSpan().IndexOf("ssss"u8) >= 0);
    }

    [TestMethod]
    [DataRow(Setting.WifiSsid, 32)]
    [DataRow(Setting.WifiPassword, 64)]
    [DataRow(Setting.Cloud, 512)]
    [DataRow(Setting.DeviceCertificate, 2639)]
    public void Longest_value_fits_and_one_byte_more_is_refused(Setting setting, int longest)
    {
        var rig = new ChipRig();
        byte[] value = Value(setting, longest);
        rig.Settings().Write(setting, value);
        CollectionAssert.AreEqual(value, rig.Settings().Read(setting).Bytes);
        AssertRefused(rig, setting, Value(setting, longest + 1), longest.ToString(System.Globalization.CultureInfo.InvariantCulture));
        CollectionAssert.AreEqual(value, rig.Settings().Read(setting).Bytes);
    }

    [TestMethod]
    [DataRow(63, "not 63")]
    [DataRow(65, "not 65")]
    public void Uds_of_a_wrong_length_is_refused(int length, string named) =>
        AssertRefused(new ChipRig(), Setting.Uds, Encoding.ASCII.GetBytes(new string('a', length)), named);

    [TestMethod]
    public void Uds_with_a_character_that_is_not_hexadecimal_is_refused_by_its_position()
    {
        byte[] value = SampleSettings.Uds('7');
        value[41] = (byte)'x';
        AssertRefused(new ChipRig(), Setting.Uds, value, "Character 42");
    }

    [TestMethod]
    public void Empty_values_are_refused()
    {
        foreach (Setting setting in All)
        {
            AssertRefused(new ChipRig(), setting, [], "empty");
            AssertRefused(new ChipRig(), setting, null, "empty");
        }
    }

    [TestMethod]
    [DataRow("tab\there", "Byte 4")]
    [DataRow("nul\0", "Byte 4")]
    [DataRow("\u007F", "Byte 1")]
    public void Control_characters_are_refused_by_their_position(string text, string named)
    {
        AssertRefused(new ChipRig(), Setting.WifiSsid, Encoding.UTF8.GetBytes(text), named);
        AssertRefused(new ChipRig(), Setting.WifiPassword, Encoding.UTF8.GetBytes(text), named);
    }

    [TestMethod]
    [DataRow("MIIB")]
    [DataRow("-----BEGIN CERTIFICATE-----\nQUJD\n")]
    [DataRow("-----BEGIN CERTIFICATE-----\nQU*D\n-----END CERTIFICATE-----\n")]
    [DataRow("-----BEGIN EC PRIVATE KEY-----\nQUJD\n-----END EC PRIVATE KEY-----\n")]
    public void Certificate_that_is_no_PEM_is_refused(string text) =>
        AssertRefused(new ChipRig(), Setting.DeviceCertificate, Encoding.ASCII.GetBytes(text), "-----BEGIN CERTIFICATE-----");

    [TestMethod]
    [DataRow(Setting.Cloud, 473)]
    [DataRow(Setting.DeviceCertificate, 1405)]
    public void Longest_two_values_that_take_each_other_s_place(Setting setting, int longest)
    {
        var rig = new ChipRig();
        byte[] old = Value(setting, longest);
        byte[] value = setting == Setting.Cloud ? SampleSettings.Cloud(longest, 'n') : SampleSettings.Certificate(longest, 'n');
        rig.Settings().Write(setting, old);
        rig.Settings().Write(setting, value);
        CollectionAssert.AreEqual(value, rig.Settings().Read(setting).Bytes);
        AssertRefused(rig, setting, Value(setting, longest + 1), "Clear the setting first");
    }

    [TestMethod]
    public void Two_values_too_long_to_keep_both_are_refused_and_the_old_one_stays()
    {
        var rig = new ChipRig();
        rig.Settings().Write(Setting.Cloud, SampleSettings.Cloud(500, 'a'));
        AssertRefused(rig, Setting.Cloud, SampleSettings.Cloud(500, 'b'), "Clear the setting first");
        CollectionAssert.AreEqual(SampleSettings.Cloud(500, 'a'), rig.Settings().Read(Setting.Cloud).Bytes);
        rig.Settings().Erase(Setting.Cloud);
        rig.Settings().Write(Setting.Cloud, SampleSettings.Cloud(500, 'b'));
        CollectionAssert.AreEqual(SampleSettings.Cloud(500, 'b'), rig.Settings().Read(Setting.Cloud).Bytes);
    }

    [TestMethod]
    public void Settings_do_not_disturb_each_other()
    {
        var rig = new ChipRig();
        var values = All.ToDictionary(
            setting => setting, setting => Value(setting, setting is Setting.Uds ? 64 : 31 + 60 * (setting >= Setting.Cloud ? 5 : 0)));
        foreach (int round in new[] { 1, 2 })
        {
            foreach (Setting setting in All)
            {
                if (round == 2 && setting != Setting.Uds)
                {
                    values[setting] = Value(setting, values[setting].Length - 1);
                }

                rig.Settings().Write(setting, values[setting]);
                foreach (Setting other in All.Where(other => round == 2 || other <= setting))
                {
                    CollectionAssert.AreEqual(values[other], rig.Settings().Read(other).Bytes, other.ToString());
                }
            }
        }
    }

    [TestMethod]
    public void Write_that_does_not_stand_is_reported()
    {
        // A chip that forgets: each update is answered and lost.
        var rig = new ChipRig();
        rig.Settings().Write(Setting.WifiSsid, "old"u8.ToArray());
        var bus = new I2cBus();
        bus.Attach(VirtualStSafe.Address, new ForgetfulChip(rig.Chip));
        new TimedBus(bus, rig.Clock).Install();
        var settings = new SettingsStore(new StSafeA100(new(new(1, VirtualStSafe.Address)), rig.Clock.Pause));
        StSafeException failure = Assert.ThrowsExactly<StSafeException>(() => settings.Write(Setting.WifiSsid, "new"u8.ToArray()));
        Assert.AreEqual(StSafeStatus.ReadBackDiffers, failure.Status);
        failure = Assert.ThrowsExactly<StSafeException>(() => settings.Erase(Setting.WifiSsid));
        Assert.AreEqual(StSafeStatus.ReadBackDiffers, failure.Status);
    }

    [TestMethod]
    public void Store_refuses_to_be_without_a_chip() => Assert.ThrowsExactly<ArgumentNullException>(() => new SettingsStore(null));

    [TestMethod]
    public void Cleared_value_lets_go_of_its_bytes()
    {
        var rig = new ChipRig();
        rig.Settings().Write(Setting.Uds, SampleSettings.Uds('5'));
        SettingValue value = rig.Settings().Read(Setting.Uds);
        byte[] bytes = value.Bytes;
        value.Clear();
        value.Clear();
        Assert.IsNull(value.Bytes);
        Assert.IsFalse(bytes.AsSpan().ContainsAnyExcept((byte)0));
    }

    private static void AssertRefused(ChipRig rig, Setting setting, byte[]? value, string named)
    {
        SettingsStore settings = rig.Settings();
        byte[]? before = rig.Memory.Load()?.ToBytes();
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => settings.Write(setting, value));
        Assert.Contains(named, refusal.Message);
        Assert.IsTrue(value is not { Length: > 8 } || !refusal.Message.Contains(Encoding.ASCII.GetString(value), StringComparison.Ordinal));
        CollectionAssert.AreEqual(before, rig.Memory.Load()?.ToBytes());
    }

    private static byte[] Value(Setting setting, int length) => setting switch
    {
        Setting.Cloud => SampleSettings.Cloud(length, 'c'),
        Setting.DeviceCertificate => SampleSettings.Certificate(length, 'd'),
        _ => Encoding.ASCII.GetBytes(new string('e', length)),
    };
}
