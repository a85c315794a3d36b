using System.Text;
using DevKit.Boot.Settings;
using DevKit.StSafe;
using DevKit.Support.Chip;

namespace DevKit.Boot.Tests.Settings;

/// <summary>What stands in the zones and is not ours.</summary>
[TestClass]
public sealed class UnrecognizedBytesTests
{
    [TestMethod]
    [DataRow(Setting.WifiSsid, 3)]
    [DataRow(Setting.WifiPassword, 10)]
    [DataRow(Setting.Uds, 6)]
    [DataRow(Setting.Cloud, 5)]
    [DataRow(Setting.DeviceCertificate, 0)]
    public void Junk_is_unrecognized_and_left_alone(Setting setting, int zone)
    {
        foreach (byte[] junk in new[] { [0x01, 0x80, 0x00], Enumerable.Repeat((byte)0xA7, 88).ToArray(), [0xFF, 0x41, 0x00] })
        {
            var rig = new ChipRig();
            rig.Driver.UpdateZone(zone, 0, junk);
            byte[] before = rig.Memory.Load()!.ToBytes();
            SettingValue value = rig.Settings().Read(setting);
            Assert.AreEqual(SettingState.Unrecognized, value.State);
            Assert.IsNull(value.Bytes);
            Assert.IsNotNull(value.Problem);
            CollectionAssert.AreEqual(before, rig.Memory.Load()!.ToBytes());
        }
    }

    [TestMethod]
    public void Text_without_an_end_is_unrecognized()
    {
        var rig = new ChipRig();
        for (int zone = 0; zone <= 10; zone++)
        {
            int length = rig.Driver.QueryPartition()[zone].Length;
            rig.Driver.UpdateZone(zone, 0, Enumerable.Repeat((byte)'x', length).ToArray());
        }

        foreach (Setting setting in Enum.GetValues<Setting>())
        {
            SettingValue value = rig.Settings().Read(setting);
            Assert.AreEqual(SettingState.Unrecognized, value.State);
            Assert.Contains("NUL", value.Problem);
        }
    }

    [TestMethod]
    public void Unrecognized_bytes_can_be_replaced_and_erased_when_asked()
    {
        foreach (object[] sample in SettingsStoreTests.Samples)
        {
            var rig = new ChipRig(ChipRig.MemoryFilledWith((byte)'j'));
            var setting = (Setting)sample[0];
            byte[] value = Encoding.UTF8.GetBytes((string)sample[1]);
            rig.Settings().Write(setting, value);
            CollectionAssert.AreEqual(value, rig.Settings().Read(setting).Bytes);
            rig.Settings().Erase(setting);
            Assert.AreEqual(SettingState.NotSet, rig.Settings().Read(setting).State);
        }
    }

    [TestMethod]
    public void Journal_spares_bytes_of_another_origin()
    {
        var rig = new ChipRig();
        rig.Settings().Write(Setting.Cloud, SampleSettings.Cloud(300, 'a'));
        rig.Driver.UpdateZone(2, 150, "someone's"u8.ToArray());
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => rig.Settings().Write(Setting.Cloud, SampleSettings.Cloud(300, 'b')));
        Assert.Contains("another origin", refusal.Message);
        CollectionAssert.AreEqual(SampleSettings.Cloud(300, 'a'), rig.Settings().Read(Setting.Cloud).Bytes);
        Assert.AreEqual("someone's", Encoding.ASCII.GetString(rig.Driver.ReadZone(2, 150, 9)));
    }
}
