namespace DevKit.VirtualParts.StSafe;

/// <summary>What an accepted command is to change in a zone.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Data">The new bytes.</param>
/// <param name="IsAtomic">Whether all or nothing of them is to stand after a power cut.</param>
/// <param name="AccessByte">The zone's new access byte.</param>
internal sealed record ZoneWrite(VirtualZone Zone, int Offset, byte[] Data, bool IsAtomic, byte AccessByte)
{
    /// <summary>Changes the zone.</summary>
    public void Apply()
    {
        Data.CopyTo(Zone.Data, Offset);
        Zone.AccessByte = AccessByte;
    }

    /// <summary>Changes the zone as far as a power cut lets it.</summary>
    /// <param name="written">Bytes that were written when power failed.</param>
    public void ApplyUntilPowerFails(int written)
    {
        if (written >= Data.Length)
        {
            Apply();
        }
        else if (!IsAtomic)
        {
            Data.AsSpan(0, written).CopyTo(Zone.Data.AsSpan(Offset));
        }
    }
}
