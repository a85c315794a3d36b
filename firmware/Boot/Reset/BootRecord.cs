using System;
using nanoFramework.Hardware.Stm32;

namespace DevKit.Boot.Reset
{
    /// <summary>
    /// What one start tells the next, in the STM32's backup memory, which keeps its contents over a reset but not without power:
    /// marker, reason of the coming reset, crashes in a row, and a checksum over them.
    /// </summary>
    public sealed class BootRecord
    {
        private const int Length = 12;
        private const int ReasonOffset = 4;
        private const int CrashesOffset = 5;
        private const int ChecksumOffset = 8;

        // "DKB1"; also tells memory that was never written from a record of zeros.
        private static readonly byte[] Marker = new byte[] { 0x44, 0x4B, 0x42, 0x31 };

        private BootRecord(ResetReason reason, int crashes)
        {
            Reason = reason;
            CrashesInARow = crashes;
        }

        /// <summary>Why the board started this time.</summary>
        public ResetReason Reason { get; }

        /// <summary>How often the application crashed without having run well in between; at most 255.</summary>
        public int CrashesInARow { get; }

        /// <summary>
        /// Reads why the board started, and prepares the next start: unless somebody announces a reason, that will be the reset button.
        /// </summary>
        public static BootRecord Read()
        {
            byte[] bytes = new byte[Length];
            BackupMemory.ReadBytes(0, bytes);
            BootRecord record = IsValid(bytes)
                ? new BootRecord((ResetReason)bytes[ReasonOffset], bytes[CrashesOffset])
                : new BootRecord(ResetReason.PowerOn, 0);
            Announce(ResetReason.ResetButton, record.CrashesInARow);
            return record;
        }

        /// <summary>Leaves word of a coming reset.</summary>
        /// <param name="reason">Why it comes.</param>
        /// <param name="crashesInARow">How often the application has crashed in a row.</param>
        public static void Announce(ResetReason reason, int crashesInARow)
        {
            byte[] bytes = new byte[Length];
            Array.Copy(Marker, 0, bytes, 0, Marker.Length);
            bytes[ReasonOffset] = (byte)reason;
            bytes[CrashesOffset] = (byte)(crashesInARow > 255 ? 255 : crashesInARow);
            WriteChecksum(bytes);
            BackupMemory.WriteBytes(0, bytes);
        }

        private static bool IsValid(byte[] bytes)
        {
            for (int i = 0; i < Marker.Length; i++)
            {
                if (bytes[i] != Marker[i])
                {
                    return false;
                }
            }

            byte[] expected = new byte[Length];
            Array.Copy(bytes, 0, expected, 0, ChecksumOffset);
            WriteChecksum(expected);
            for (int i = ChecksumOffset; i < Length; i++)
            {
                if (bytes[i] != expected[i])
                {
                    return false;
                }
            }

            return bytes[ReasonOffset] <= (byte)ResetReason.Application;
        }

        // Adler-32 (RFC 1950, 8.2): tells a half-written record; nobody has to be kept from forging one.
        private static void WriteChecksum(byte[] bytes)
        {
            uint a = 1;
            uint b = 0;
            for (int i = 0; i < ChecksumOffset; i++)
            {
                a = (a + bytes[i]) % 65521;
                b = (b + a) % 65521;
            }

            bytes[ChecksumOffset] = (byte)(b >> 8);
            bytes[ChecksumOffset + 1] = (byte)b;
            bytes[ChecksumOffset + 2] = (byte)(a >> 8);
            bytes[ChecksumOffset + 3] = (byte)a;
        }
    }
}
