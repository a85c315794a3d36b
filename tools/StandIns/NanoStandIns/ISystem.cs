namespace NanoStandIns;

/// <summary>The STM32 itself.</summary>
public interface ISystem
{
    /// <summary>The 96-bit unique device identifier, 12 bytes.</summary>
    byte[] UniqueDeviceId { get; }

    /// <summary>Reads the backup registers, which survive a reset but not the loss of power.</summary>
    /// <param name="position">Offset in bytes.</param>
    /// <param name="bytes">Where they go.</param>
    void ReadBackup(int position, Span<byte> bytes);

    /// <summary>Writes the backup registers.</summary>
    /// <param name="position">Offset in bytes.</param>
    /// <param name="bytes">What is written.</param>
    void WriteBackup(int position, ReadOnlySpan<byte> bytes);

    /// <summary>Resets the microcontroller. Does not return.</summary>
    void Reboot();
}
