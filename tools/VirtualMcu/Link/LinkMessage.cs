namespace DevKit.VirtualMcu.Link;

/// <summary>What a frame on the link between the microcontroller's process and the board's means.</summary>
public enum LinkMessage : byte
{
    /// <summary>Board to chip, once: the configuration of the board, as JSON.</summary>
    Hello = 1,

    /// <summary>Board to chip: the answer to the one request that is open.</summary>
    Reply = 2,

    /// <summary>Board to chip: a pin changed. Pin, level.</summary>
    PinChanged = 3,

    /// <summary>Board to chip: bytes arrived at the serial port.</summary>
    SerialReceived = 4,

    /// <summary>Chip to board, answered: address, count to read, bytes to write.</summary>
    TransferI2c = 16,

    /// <summary>Chip to board, answered: pin.</summary>
    ReadPin = 17,

    /// <summary>Chip to board: pin, level.</summary>
    WritePin = 18,

    /// <summary>Chip to board: bytes leave the serial port.</summary>
    WriteSerial = 19,

    /// <summary>Chip to board, answered: position, count.</summary>
    ReadBackup = 20,

    /// <summary>Chip to board, answered: position, bytes.</summary>
    WriteBackup = 21,

    /// <summary>Chip to board: reset me.</summary>
    Reboot = 22,
}
