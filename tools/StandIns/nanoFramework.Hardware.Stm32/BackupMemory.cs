using NanoStandIns;

namespace nanoFramework.Hardware.Stm32;

/// <summary>The 20 backup registers of the STM32F412's RTC, 4 bytes each.</summary>
public static class BackupMemory
{
    public static int Size => 80;

    public static void ReadBytes(uint position, byte[] value)
    {
        CheckRange(position, value);
        MachineHost.Current.System.ReadBackup((int)position, value);
    }

    public static void WriteBytes(uint position, byte[] value)
    {
        CheckRange(position, value);
        MachineHost.Current.System.WriteBackup((int)position, value);
    }

    private static void CheckRange(uint position, byte[] value)
    {
        if (position % 4 != 0 || position + value.Length > Size)
        {
            throw new ArgumentException("Backup memory is written and read from a multiple of 4, inside its 80 bytes.");
        }
    }
}
