using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DevKit.VirtualParts.StSafe;

/// <summary>The commands of the STSAFE-A100 that the DevKit has use for, without a host session. Others are unsupported.</summary>
internal sealed class ChipCommands(ChipMemory memory)
{
    public const int Echo = 0x00;
    public const int Reset = 0x01;
    public const int GenerateRandom = 0x02;
    public const int Read = 0x05;
    public const int Update = 0x06;
    public const int Query = 0x14;

    // The top three bits of a code ask for C-MAC, R-MAC and encryption.
    private const int SessionFlags = 0xE0;
    private const int ZoneParameters = 4;
    private const int Atomic = 0x80;
    private const int ChangeAccess = 0x10;
    private const int AccessBits = 0x0F;
    private const int KnownOptions = Atomic | ChangeAccess | AccessBits;
    private const int Terminated = 0x04;

    // A mask of the A100 family (from 0x4000); the rest of the product data is left out.
    private static readonly byte[] ProductData = [0x01, 0x03, 0x00, 0x40, 0x10];

    /// <summary>Executes a command.</summary>
    /// <param name="command">Code and parameters.</param>
    public ChipResult Execute(ReadOnlySpan<byte> command)
    {
        if ((command[0] & SessionFlags) != 0)
        {
            return ChipResult.Refuse(memory.HasHostKeys ? ChipStatus.InvalidCommandMac : ChipStatus.KeyNotFound);
        }

        ReadOnlySpan<byte> parameters = command[1..];
        if ((memory.LifeCycle & 0x7F) == Terminated && command[0] is not (Query or Echo or Reset))
        {
            return ChipResult.Refuse(ChipStatus.InvalidLifeCycle);
        }

        return command[0] switch
        {
            Echo => ChipResult.Done(parameters.ToArray()),
            Reset => parameters.IsEmpty ? ChipResult.Done() : ChipResult.Refuse(ChipStatus.InconsistentData),
            GenerateRandom => ExecuteRandom(parameters),
            Read => ExecuteRead(parameters),
            Update => ExecuteUpdate(parameters),
            Query => ExecuteQuery(parameters),
            _ => ChipResult.Refuse(ChipStatus.UnsupportedCommand),
        };
    }

    private static ChipResult ExecuteRandom(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length != 2)
        {
            return ChipResult.Refuse(ChipStatus.InconsistentData);
        }

        // The first parameter names the purpose; 00 is any.
        return parameters[0] == 0 && parameters[1] > 0
            ? ChipResult.Done(RandomNumberGenerator.GetBytes(parameters[1]))
            : ChipResult.Refuse(ChipStatus.ValueOutOfRange);
    }

    private ChipResult ExecuteRead(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length != ZoneParameters + 2 || (parameters[0] & Atomic) != 0)
        {
            return ChipResult.Refuse(ChipStatus.InconsistentData);
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(parameters[ZoneParameters..]);
        ChipStatus status = Locate(
            parameters, length, zone => (zone.ReadAccess, zone.MayChangeReadAccess), out VirtualZone zone, out int offset);
        if (status != ChipStatus.Ok)
        {
            return ChipResult.Refuse(status);
        }

        byte[] counter = new byte[zone.Counter is null ? 0 : sizeof(uint)];
        if (zone.Counter is { } value)
        {
            BinaryPrimitives.WriteUInt32BigEndian(counter, value);
        }

        if (1 + counter.Length + length > ChipFrame.LongestFrame)
        {
            return ChipResult.Refuse(ChipStatus.BufferExceeded);
        }

        ZoneWrite? change = null;
        if ((parameters[0] & ChangeAccess) != 0)
        {
            byte access = (byte)((zone.AccessByte & AccessBits) | ((parameters[0] & AccessBits) << 4));
            change = new ZoneWrite(zone, offset, [], IsAtomic: true, access);
        }

        return new ChipResult(ChipStatus.Ok, [.. counter, .. zone.Data.AsSpan(offset, length)], change);
    }

    private ChipResult ExecuteUpdate(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length < ZoneParameters)
        {
            return ChipResult.Refuse(ChipStatus.InconsistentData);
        }

        ReadOnlySpan<byte> data = parameters[ZoneParameters..];
        ChipStatus status = Locate(
            parameters, data.Length, zone => (zone.UpdateAccess, zone.MayChangeUpdateAccess), out VirtualZone zone, out int offset);
        if (status != ChipStatus.Ok)
        {
            return ChipResult.Refuse(status);
        }

        if (zone.Counter is not null)
        {
            return ChipResult.Refuse(ChipStatus.WrongZoneType);
        }

        byte access = zone.AccessByte;
        if ((parameters[0] & ChangeAccess) != 0)
        {
            access = (byte)((access & ~AccessBits) | (parameters[0] & AccessBits));
        }

        bool isAtomic = (parameters[0] & Atomic) != 0;
        return new ChipResult(ChipStatus.Ok, [], new ZoneWrite(zone, offset, data.ToArray(), isAtomic, access));
    }

    /// <summary>Finds the zone of a Read or an Update, and checks option, access, place and length.</summary>
    private ChipStatus Locate(
        ReadOnlySpan<byte> parameters,
        int length,
        Func<VirtualZone, (ZoneAccess Access, bool MayChange)> condition,
        out VirtualZone zone,
        out int offset)
    {
        offset = BinaryPrimitives.ReadUInt16BigEndian(parameters[2..]);
        zone = memory.FindZone(parameters[1])!;
        if (zone is null)
        {
            return ChipStatus.EntryNotFound;
        }

        int option = parameters[0];
        bool changes = (option & ChangeAccess) != 0;
        if ((option & ~KnownOptions) != 0 || (!changes && (option & AccessBits) != 0) || (length == 0 && !changes))
        {
            return ChipStatus.InconsistentData;
        }

        (ZoneAccess access, bool mayChange) = condition(zone);
        if (access != ZoneAccess.Always || (changes && !mayChange))
        {
            return ChipStatus.AccessConditionNotSatisfied;
        }

        if (changes && !Enum.IsDefined((ZoneAccess)(option & 7)))
        {
            return ChipStatus.ValueOutOfRange;
        }

        return offset + length > zone.Data.Length ? ChipStatus.BoundaryExceeded : ChipStatus.Ok;
    }

    private ChipResult ExecuteQuery(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length != 1)
        {
            return ChipResult.Refuse(ChipStatus.InconsistentData);
        }

        return parameters[0] switch
        {
            0x08 => ChipResult.Done(memory.LifeCycle),
            0x11 => ChipResult.Done(ProductData),
            0x12 => ChipResult.Done(DescribePartition()),
            // Behind the flag stands the counter of commands with a C-MAC.
            0x17 => memory.HasHostKeys ? ChipResult.Done(0x01, 0x00, 0x00, 0x00) : ChipResult.Done(0x00),
            _ => ChipResult.Refuse(ChipStatus.UnsupportedCommand),
        };
    }

    private byte[] DescribePartition()
    {
        List<byte> description = [(byte)memory.Zones.Count];
        foreach (VirtualZone zone in memory.Zones)
        {
            description.AddRange([(byte)zone.Index, (byte)(zone.Counter is null ? 0 : 1), zone.AccessByte]);
            description.AddRange([(byte)(zone.Data.Length >> 8), (byte)zone.Data.Length]);
            if (zone.Counter is { } value)
            {
                description.AddRange([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
            }
        }

        return [.. description];
    }
}
