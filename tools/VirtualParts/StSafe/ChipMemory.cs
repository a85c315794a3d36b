using System.Text.Json;

namespace DevKit.VirtualParts.StSafe;

/// <summary>What a virtual STSAFE-A100 keeps without power. As text it is the file that docs/virtual-chip.md describes.</summary>
public sealed class ChipMemory
{
    private const string FormatName = "stsafe-a100/1";
    private static readonly JsonSerializerOptions FileOptions =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    // What the DevKit's zones can be used for; the chip's own zones are a few bytes larger.
    private static readonly int[] UsableLengths = [976, 0, 192, 120, 0, 584, 680, 784, 880, 0, 88];
    private const int Surplus = 8;

    /// <summary>A new chip with the DevKit's zones, operational, without host keys.</summary>
    public ChipMemory()
        : this(UsableLengths.Select((length, index) => new VirtualZone(index, length + Surplus)))
    {
    }

    /// <summary>A new chip with zones of one's own.</summary>
    public ChipMemory(IEnumerable<VirtualZone> zones) => Zones = [.. zones];

    /// <summary>The zones, in the order in which the chip lists them.</summary>
    public IReadOnlyList<VirtualZone> Zones { get; }

    /// <summary>The life cycle byte: 01 born, 03 operational, 04 terminated, and 80 added when locked.</summary>
    public byte LifeCycle { get; set; } = 0x03;

    /// <summary>Whether host keys are stored: someone enabled the secure channel.</summary>
    public bool HasHostKeys { get; set; }

    /// <summary>Reads a chip's memory from its file's bytes.</summary>
    /// <exception cref="InvalidDataException">They are not of the format.</exception>
    public static ChipMemory Parse(ReadOnlySpan<byte> contents)
    {
        try
        {
            ChipFile? file = JsonSerializer.Deserialize<ChipFile>(contents, FileOptions);
            if (file is not { Format: FormatName })
            {
                throw new InvalidDataException($"It is not of the format {FormatName}.");
            }

            return new ChipMemory(file.Zones.Select(ReadZone))
            {
                LifeCycle = Convert.FromHexString(file.LifeCycle).Single(),
                HasHostKeys = file.HostKeys,
            };
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>The bytes of the chip's file.</summary>
    public byte[] ToBytes()
    {
        IEnumerable<ZoneRecord> zones = Zones.Select(zone => new ZoneRecord(
            zone.Index,
            Convert.ToHexString([zone.AccessByte]),
            zone.Data.Length,
            zone.Counter,
            Convert.ToHexString(zone.Data).TrimEnd('0')));
        return JsonSerializer.SerializeToUtf8Bytes(
            new ChipFile(FormatName, Convert.ToHexString([LifeCycle]), HasHostKeys, [.. zones]), FileOptions);
    }

    /// <summary>The same memory as an object of its own.</summary>
    public ChipMemory Copy() => new(Zones.Select(zone => zone.Copy())) { LifeCycle = LifeCycle, HasHostKeys = HasHostKeys };

    /// <summary>The zone of a number, or null.</summary>
    public VirtualZone? FindZone(int index) => Zones.FirstOrDefault(zone => zone.Index == index);

    private static VirtualZone ReadZone(ZoneRecord? record)
    {
        if (record is not { Access: not null, Data: not null })
        {
            throw new FormatException("A zone has no access byte or no data.");
        }

        const int LargestZone = 0xFFFF;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, LargestZone);
        var zone = new VirtualZone(record.Index, record.Length)
        {
            AccessByte = Convert.FromHexString(record.Access).Single(),
            Counter = record.Counter,
        };
        Convert.FromHexString(record.Data.Length % 2 == 0 ? record.Data : record.Data + "0").CopyTo(zone.Data, 0);
        return zone;
    }

    private sealed record ChipFile(string Format, string LifeCycle, bool HostKeys, IReadOnlyList<ZoneRecord> Zones);

    private sealed record ZoneRecord(int Index, string Access, int Length, uint? Counter, string Data);
}
