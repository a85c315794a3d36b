namespace DevKit.VirtualParts.StSafe;

/// <summary>Statuses that the virtual STSAFE-A100 answers with.</summary>
internal enum ChipStatus : byte
{
    Ok = 0x00,
    CommunicationError = 0x01,
    InconsistentData = 0x02,
    ValueOutOfRange = 0x03,
    UnsupportedCommand = 0x04,
    BufferExceeded = 0x06,
    KeyNotFound = 0x0A,
    InvalidLifeCycle = 0x0F,
    EntryNotFound = 0x10,
    AccessConditionNotSatisfied = 0x11,
    WrongZoneType = 0x12,
    BoundaryExceeded = 0x14,
    InvalidCommandMac = 0x16,
}
