using System.Text;

namespace DevKit.Mqtt.Tests;

/// <summary>Packets and their bytes, written out by hand from the standard's figures.</summary>
internal static class PacketSamples
{
    internal static IReadOnlyList<PacketSample> All { get; } =
    [
        new("CONNECT, least", new ConnectPacket { ClientId = "" }, "10 0C 0004 4D515454 04 02 0000 0000"),
        new(
            "CONNECT, everything",
            new ConnectPacket
            {
                ClientId = "a",
                CleanSession = false,
                KeepAliveSeconds = 1177,
                Will = new MqttWill
                {
                    Topic = "w",
                    Message = "bye"u8.ToArray(),
                    QualityOfService = MqttQualityOfService.AtLeastOnce,
                    Retain = true,
                },
                UserName = "u",
                Password = "pw"u8.ToArray(),
            },
            "10 1C 0004 4D515454 04 EC 0499 0001 61 0001 77 0003 627965 0001 75 0002 7077"),
        new(
            "CONNECT, empty password",
            new ConnectPacket { ClientId = "a", UserName = "", Password = ReadOnlyMemory<byte>.Empty },
            "10 11 0004 4D515454 04 C2 0000 0001 61 0000 0000"),
        new("CONNECT, user name alone", new ConnectPacket { ClientId = "a", UserName = "u" }, "10 10 0004 4D515454 04 82 0000 0001 61 0001 75"),
        new("CONNACK, accepted", new ConnackPacket(), "20 02 00 00"),
        new("CONNACK, session", new ConnackPacket { SessionPresent = true }, "20 02 01 00"),
        new("CONNACK, refused", new ConnackPacket { ReturnCode = MqttConnectReturnCode.NotAuthorized }, "20 02 00 05"),
        new("PUBLISH, QoS 0", new PublishPacket { Topic = "a/b", Payload = "hi"u8.ToArray() }, "30 07 0003 612F62 6869"),
        new("PUBLISH, empty", new PublishPacket { Topic = "a", Retain = true }, "31 03 0001 61"),
        new(
            "PUBLISH, QoS 1",
            new PublishPacket { Topic = "a", QualityOfService = MqttQualityOfService.AtLeastOnce, PacketId = 10, Payload = new byte[] { 0 } },
            "32 06 0001 61 000A 00"),
        new(
            "PUBLISH, QoS 2, repeated",
            new PublishPacket { Topic = "a", QualityOfService = MqttQualityOfService.ExactlyOnce, PacketId = 0xFFFF, Duplicate = true },
            "3C 05 0001 61 FFFF"),
        new("PUBLISH, not ASCII", new PublishPacket { Topic = "\u00E4\uFEFF\U0001F600" }, "30 0B 0009 C3A4 EFBBBF F09F9880"),
        new("PUBACK", new PubackPacket { PacketId = 1 }, "40 02 0001"),
        new("PUBREC", new PubrecPacket { PacketId = 2 }, "50 02 0002"),
        new("PUBREL", new PubrelPacket { PacketId = 3 }, "62 02 0003"),
        new("PUBCOMP", new PubcompPacket { PacketId = 4 }, "70 02 0004"),
        new(
            "SUBSCRIBE",
            new SubscribePacket
            {
                PacketId = 10,
                Subscriptions = [new("a/b", MqttQualityOfService.AtLeastOnce), new("c/+/#", MqttQualityOfService.ExactlyOnce)],
            },
            "82 10 000A 0003 612F62 01 0005 632F2B2F23 02"),
        new(
            "SUBACK",
            new SubackPacket
            {
                PacketId = 10,
                ReturnCodes =
                [
                    MqttSubscribeReturnCode.GrantedAtMostOnce, MqttSubscribeReturnCode.GrantedAtLeastOnce,
                    MqttSubscribeReturnCode.GrantedExactlyOnce, MqttSubscribeReturnCode.Failure,
                ],
            },
            "90 06 000A 00 01 02 80"),
        new("UNSUBSCRIBE", new UnsubscribePacket { PacketId = 9, Filters = ["#", "+"] }, "A2 08 0009 0001 23 0001 2B"),
        new("UNSUBACK", new UnsubackPacket { PacketId = 9 }, "B0 02 0009"),
        new("PINGREQ", new PingreqPacket(), "C0 00"),
        new("PINGRESP", new PingrespPacket(), "D0 00"),
        new("DISCONNECT", new DisconnectPacket(), "E0 00"),
        new("PUBLISH, 127 bytes", Filled(127), "30 7F 0001 74" + Zeros(124)),
        new("PUBLISH, 128 bytes", Filled(128), "30 8001 0001 74" + Zeros(125)),
        new("PUBLISH, 16,383 bytes", Filled(16_383), "30 FF7F 0001 74" + Zeros(16_380)),
        new("PUBLISH, 16,384 bytes", Filled(16_384), "30 808001 0001 74" + Zeros(16_381)),
    ];

    /// <summary>What the packet says, in words that two equal packets share.</summary>
    internal static string Describe(MqttPacket packet) => packet switch
    {
        ConnectPacket p => $"CONNECT '{p.ClientId}' {p.CleanSession} {p.KeepAliveSeconds} '{p.UserName ?? "-"}' {Hex(p.Password)}"
            + (p.Will is { } w ? $" will '{w.Topic}' {Hex(w.Message)} {w.QualityOfService} {w.Retain}" : " no will"),
        ConnackPacket p => $"CONNACK {p.SessionPresent} {p.ReturnCode}",
        PublishPacket p => $"PUBLISH '{p.Topic}' {p.QualityOfService} {p.PacketId} {p.Duplicate} {p.Retain} {Hex(p.Payload)}",
        PubackPacket p => $"PUBACK {p.PacketId}",
        PubrecPacket p => $"PUBREC {p.PacketId}",
        PubrelPacket p => $"PUBREL {p.PacketId}",
        PubcompPacket p => $"PUBCOMP {p.PacketId}",
        SubscribePacket p => $"SUBSCRIBE {p.PacketId} {string.Join(' ', p.Subscriptions)}",
        SubackPacket p => $"SUBACK {p.PacketId} {string.Join(' ', p.ReturnCodes)}",
        UnsubscribePacket p => $"UNSUBSCRIBE {p.PacketId} {string.Join(' ', p.Filters)}",
        UnsubackPacket p => $"UNSUBACK {p.PacketId}",
        _ => packet.Type.ToString(),
    };

    internal static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static string Hex(ReadOnlyMemory<byte>? bytes) => bytes is { } b ? $"[{Convert.ToHexString(b.Span)}]" : "none";

    private static PublishPacket Filled(int remainingLength) => new() { Topic = "t", Payload = new byte[remainingLength - 3] };

    private static string Zeros(int count) => new StringBuilder().Insert(0, "00", count).ToString();
}

/// <summary>A packet with its bytes in hexadecimal, blanks allowed.</summary>
internal sealed record PacketSample(string Name, MqttPacket Packet, string Hex)
{
    internal byte[] Bytes => PacketSamples.Bytes(Hex);
}
