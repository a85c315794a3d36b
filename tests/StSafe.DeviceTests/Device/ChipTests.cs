using System;
using System.Device.I2c;
using DevKit.StSafe.Frames;
using DevKit.StSafe.ProductInformation;
using nanoFramework.TestFramework;

namespace DevKit.StSafe.DeviceTests.Device
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
            byte[] data = new byte[StSafeA100.MaxDataLength];
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
        public void Partition_tells_where_a_zone_ends()
        {
            int length = 0;
            StSafeZone[] zones = _chip.QueryPartition();
            for (int i = 0; i < zones.Length; i++)
            {
                length = zones[i].Index == FreeZone ? zones[i].Length : length;
            }

            Assert.AreEqual(1, _chip.ReadZone(FreeZone, length - 1, 1).Length);
            Assert.ThrowsException(typeof(StSafeException), () => _chip.ReadZone(FreeZone, length, 1));
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
    }
}
