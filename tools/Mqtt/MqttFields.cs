using System.Buffers.Binary;

namespace DevKit.Mqtt;

/// <summary>Takes the fields of one packet off its bytes, from front to back.</summary>
internal ref struct MqttFields
{
    private readonly MqttPacketType _type;
    private ReadOnlySpan<byte> _rest;

    internal MqttFields(MqttPacketType type, ReadOnlySpan<byte> bytes)
    {
        _type = type;
        _rest = bytes;
    }

    internal readonly bool AtEnd => _rest.IsEmpty;

    internal byte TakeByte(string field) => Take(1, field)[0];

    internal ushort TakeNumber(string field) => BinaryPrimitives.ReadUInt16BigEndian(Take(2, field));

    internal ushort TakePacketId()
    {
        ushort packetId = TakeNumber("packet identifier");
        MqttRules.CheckPacketId(packetId, _type);
        return packetId;
    }

    internal string TakeText(string field) => MqttRules.DecodeText(TakeSized(field), $"{MqttRules.Name(_type)}: {field}");

    internal byte[] TakeBinary(string field) => TakeSized(field).ToArray();

    internal byte[] TakeRest()
    {
        byte[] rest = _rest.ToArray();
        _rest = default;
        return rest;
    }

    internal readonly void ExpectEnd()
    {
        if (!_rest.IsEmpty)
        {
            throw new MqttProtocolException($"{MqttRules.Name(_type)} has {_rest.Length} bytes behind its last field.");
        }
    }

    private ReadOnlySpan<byte> TakeSized(string field) => Take(TakeNumber(field), field);

    private ReadOnlySpan<byte> Take(int count, string field)
    {
        if (_rest.Length < count)
        {
            throw new MqttProtocolException(
                $"{MqttRules.Name(_type)} ends in its field '{field}': {count} bytes are needed, {_rest.Length} are left.");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
