using System;
using System.Device.I2c;
using nanoFramework.TestFramework;

namespace DevKit.StSafe.DeviceTests
{
    /// <summary>The driver with a chip: skipped where none answers. What stands in the chip is put back.</summary>
    [TestClass]
    public class ChipTests
    {
        // The DevKit has no setting in zone 2; the last bytes of it belong to a journal while a long setting is written.
        private const int FreeZone = 2;
        private const int FreeBytes = 100;

        private static StSafeA100 _chip;

        [Setup]
        public void FindTheChip()
        {
            string reason = null;
            try
            {
                _chip = new StSafeA100(new I2cDevice(new I2cConnectionSettings(1, StSafeA100.DefaultI2cAddress, I2cBusSpeed.StandardMode)));
            }
            catch (Exception e)
            {
                // No chip on the bus, or a nanoCLR without this bus.
                reason = e.Message;
            }

            if (reason != null)
            {
                Assert.SkipTest(reason);
            }
        }

        [TestMethod]
        public void Chip_is_of_the_family_and_operational()
        {
            Assert.AreEqual((int)StSafeFamily.A100, (int)_chip.QueryProductData().Family);
            Assert.AreEqual((int)StSafeLifeCyclePhase.Operational, (int)_chip.QueryLifeCycle().Phase);
        }

        [TestMethod]
        public void Echo_returns_what_was_sent()
        {
            byte[] data = new byte[CommandFrame.MostData];
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = (byte)i;
            }

            CollectionAssert.AreEqual(data, _chip.Echo(data));
        }

        [TestMethod]
        public void Random_differs_from_time_to_time()
        {
            CollectionAssert.AreNotEqual(_chip.GenerateRandom(32), _chip.GenerateRandom(32));
        }

        [TestMethod]
        public void Zones_are_at_least_as_long_as_the_settings_need()
        {
            int[] usable = { 976, 0, 192, 120, 0, 584, 680, 784, 880, 0, 88 };
            StSafeZone[] zones = _chip.QueryPartition();
            for (int i = 0; i < zones.Length; i++)
            {
                Assert.IsTrue(zones[i].Index >= usable.Length || zones[i].Length >= usable[zones[i].Index]);
            }
        }

        [TestMethod]
        public void Update_is_read_back_and_can_be_put_back()
        {
            byte[] before = _chip.ReadZone(FreeZone, 0, FreeBytes);
            byte[] data = _chip.GenerateRandom(FreeBytes);
            try
            {
                _chip.UpdateZone(FreeZone, 0, data);
                CollectionAssert.AreEqual(data, _chip.ReadZone(FreeZone, 0, FreeBytes));
            }
            finally
            {
                _chip.UpdateZone(FreeZone, 0, before);
            }

            CollectionAssert.AreEqual(before, _chip.ReadZone(FreeZone, 0, FreeBytes));
        }

        [TestMethod]
        public void Settings_can_be_read()
        {
            SettingsStore settings = new SettingsStore(_chip);
            for (int i = (int)Setting.WifiSsid; i <= (int)Setting.DeviceCertificate; i++)
            {
                SettingValue value = settings.Read((Setting)i);
                Assert.AreEqual(value.State == SettingState.Set, value.Bytes != null);
                value.Clear();
            }
        }
    }
}
