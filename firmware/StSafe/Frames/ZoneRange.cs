using System;

namespace DevKit.StSafe.Frames
{
    /// <summary>What a command can name: zones in 8 bits, offsets and lengths in 16.</summary>
    internal static class ZoneRange
    {
        /// <summary>Checks a stretch of a zone before anything is sent.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Zone, offset or count does not fit.</exception>
        internal static void Check(int zone, int offset, int count)
        {
            if (zone < 0 || zone > 0xFF)
            {
                throw new ArgumentOutOfRangeException(nameof(zone));
            }

            if (offset < 0 || offset > 0xFFFF)
            {
                throw new ArgumentOutOfRangeException(nameof(offset));
            }

            if (count < 1 || offset + count > 0x10000)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }
        }
    }
}
