using System.Device.I2c;
using System.Diagnostics;
using DevKit.StSafe.ProductInformation;

namespace DevKit.StSafe.Samples
{
    /// <summary>Says what an STSAFE-A100 on I2C bus 1 is, shows its zones, and writes one that is free on the DevKit.</summary>
    public static class Program
    {
        private const int FreeZone = 2;

        /// <summary>Where nanoCLR starts. The lines go to Visual Studio's output window.</summary>
        public static void Main()
        {
            I2cConnectionSettings settings = new I2cConnectionSettings(1, StSafeA100.DefaultI2cAddress, I2cBusSpeed.StandardMode);
            StSafeA100 chip = new StSafeA100(I2cDevice.Create(settings));
            Debug.WriteLine("Family: " + ((int)chip.QueryProductData().Family).ToString());
            Debug.WriteLine("Life cycle: " + ((int)chip.QueryLifeCycle().Phase).ToString());
            Debug.WriteLine("Host keys: " + (chip.QueryHostKeysPresent() ? "present" : "none"));

            StSafeZone[] zones = chip.QueryPartition();
            for (int i = 0; i < zones.Length; i++)
            {
                Debug.WriteLine("Zone " + zones[i].Index.ToString() + ": " + zones[i].Length.ToString() + " bytes");
            }

            byte[] random = chip.GenerateRandom(16);
            chip.UpdateZone(FreeZone, 0, random);
            byte[] stored = chip.ReadZone(FreeZone, 0, random.Length);
            Debug.WriteLine("Zone 2 holds what was written: " + (stored[0] == random[0] ? "yes" : "no"));
        }
    }
}
