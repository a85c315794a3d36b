using System;

namespace DevKit.Boot.Settings
{
    /// <summary>
    /// Where the DevKit keeps its settings in the STSAFE-A100, as its original firmware does, and how long those zones are.
    /// </summary>
    internal static class ZoneMap
    {
        /// <summary>The zones of a setting, in the order in which its text goes on from one to the next.</summary>
        internal static int[] ZonesOf(Setting setting)
        {
            switch (setting)
            {
                case Setting.WifiSsid: return new int[] { 3 };
                case Setting.WifiPassword: return new int[] { 10 };
                case Setting.Uds: return new int[] { 6 };

                // Zone 2, free otherwise, is the journal's room.
                case Setting.Cloud: return new int[] { 5, 2 };
                default: return new int[] { 0, 7, 8 };
            }
        }

        /// <summary>The most bytes that the text of a setting may have, without its NUL.</summary>
        internal static int MaxTextLength(Setting setting)
        {
            switch (setting)
            {
                case Setting.WifiSsid: return 32;
                case Setting.WifiPassword: return 64;
                case Setting.Uds: return 64;
                case Setting.Cloud: return 512;
                default: return LengthOf(0) + LengthOf(7) + LengthOf(8) - 1;
            }
        }

        /// <summary>
        /// Bytes of a zone that the original firmware uses. The chip's own zones are a few bytes longer: these are upper bounds, not what
        /// the chip's partition says.
        /// </summary>
        internal static int LengthOf(int zone)
        {
            switch (zone)
            {
                case 0: return 976;
                case 2: return 192;
                case 3: return 120;
                case 5: return 584;
                case 6: return 680;
                case 7: return 784;
                case 8: return 880;
                case 10: return 88;
                default: throw new ArgumentOutOfRangeException(nameof(zone));
            }
        }
    }
}
