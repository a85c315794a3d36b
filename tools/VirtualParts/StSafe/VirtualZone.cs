namespace DevKit.VirtualParts.StSafe;

/// <summary>A zone of the virtual chip's data partition.</summary>
public sealed class VirtualZone
{
    /// <summary>A zone of erased bytes (00) that anyone may read and update, and whose conditions may be changed.</summary>
    /// <param name="index">The zone's number.</param>
    /// <param name="length">Its bytes.</param>
    public VirtualZone(int index, int length)
    {
        Index = index;
        Data = new byte[length];
    }

    /// <summary>The zone's number.</summary>
    public int Index { get; }

    /// <summary>The bytes.</summary>
    public byte[] Data { get; }

    /// <summary>The counter of a counter zone; null for a plain one.</summary>
    public uint? Counter { get; set; }

    /// <summary>Who may read.</summary>
    public ZoneAccess ReadAccess { get; set; }

    /// <summary>Who may update.</summary>
    public ZoneAccess UpdateAccess { get; set; }

    /// <summary>Whether the read condition may still be changed.</summary>
    public bool MayChangeReadAccess { get; set; } = true;

    /// <summary>Whether the update condition may still be changed.</summary>
    public bool MayChangeUpdateAccess { get; set; } = true;

    /// <summary>The access byte as the chip tells it: 7 read change right, 6-4 read, 3 update change right, 2-0 update.</summary>
    public byte AccessByte
    {
        get => (byte)((MayChangeReadAccess ? 0x80 : 0) | ((int)ReadAccess << 4) | (MayChangeUpdateAccess ? 0x08 : 0) | (int)UpdateAccess);
        set
        {
            MayChangeReadAccess = (value & 0x80) != 0;
            ReadAccess = (ZoneAccess)((value >> 4) & 7);
            MayChangeUpdateAccess = (value & 0x08) != 0;
            UpdateAccess = (ZoneAccess)(value & 7);
        }
    }

    internal VirtualZone Copy()
    {
        var copy = new VirtualZone(Index, Data.Length) { Counter = Counter, AccessByte = AccessByte };
        Data.CopyTo(copy.Data, 0);
        return copy;
    }
}
