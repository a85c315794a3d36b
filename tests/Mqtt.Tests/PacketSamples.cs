using System.Text;
using DevKit.Mqtt.Tests.Peers;

namespace DevKit.Mqtt.Tests;

/// <summary>The corpus of valid packets: every type and flag, the ends of every range, the corners of UTF-8.</summary>
internal static class PacketSamples
{
    /// <summary>Large enough for every sample.</summary>
    internal const int LargestPacket = 3 * 1024 * 1024;

    private const MqttQualityOfService Qos0 = MqttQualityOfService.AtMostOnce;
    private const MqttQualityOfService Qos1 = MqttQualityOfService.AtLeastOnce;
    private const MqttQualityOfService Qos2 = MqttQualityOfService.ExactlyOnce;

    internal static IReadOnlyList<PacketSample> All { get; } =
        [.. Connects(), .. Connacks(), .. Publishes(), .. Acknowledgements(), .. Subscriptions(), .. Rest(), .. Texts(), .. Lengths()];

    /// <summary>Those that are tried in every way, at every place.</summary>
    internal static IReadOnlyList<PacketSample> Short { get; } = [.. All.Where(sample => sample.Bytes.Length < 1000)];

    private static IEnumerable<PacketSample> Connects() =>
    [
        new("CONNECT, least", new ConnectPacket { ClientId = "" }, "10 0C 0004 4D515454 04 02 0000 0000"),
        new("CONNECT, kept session", new ConnectPacket { ClientId = "a", CleanSession = false }, "10 0D 0004 4D515454 04 00 0000 0001 61"),
        new(
            "CONNECT, longest keep alive",
            new ConnectPacket { ClientId = "a", KeepAliveSeconds = 65_535 },
            "10 0D 0004 4D515454 04 02 FFFF 0001 61"),
        new(
            "CONNECT, everything",
            new ConnectPacket
            {
                ClientId = "a",
                CleanSession = false,
                KeepAliveSeconds = 1177,
                Will = new MqttWill { Topic = "w", Message = "bye"u8.ToArray(), QualityOfService = Qos1, Retain = true },
                UserName = "u",
                Password = "pw"u8.ToArray(),
            },
            "10 1C 0004 4D515454 04 EC 0499 0001 61 0001 77 0003 627965 0001 75 0002 7077"),
        new(
            "CONNECT, empty will",
            new ConnectPacket { ClientId = "a", Will = new MqttWill { Topic = "w" } },
            "10 12 0004 4D515454 04 06 0000 0001 61 0001 77 0000"),
        new(
            "CONNECT, will with QoS 2",
            new ConnectPacket
            {
                ClientId = "a",
                Will = new MqttWill { Topic = "w", Message = new byte[] { 0, 255 }, QualityOfService = Qos2 },
            },
            "10 14 0004 4D515454 04 16 0000 0001 61 0001 77 0002 00FF"),
        new(
            "CONNECT, empty password",
            new ConnectPacket { ClientId = "a", UserName = "", Password = ReadOnlyMemory<byte>.Empty },
            "10 11 0004 4D515454 04 C2 0000 0001 61 0000 0000"),
        new(
            "CONNECT, password that is no text",
            new ConnectPacket { ClientId = "a", UserName = "u", Password = new byte[] { 0, 0xC3, 0xFF } },
            "10 15 0004 4D515454 04 C2 0000 0001 61 0001 75 0003 00C3FF"),
        new(
            "CONNECT, user name alone",
            new ConnectPacket { ClientId = "a", UserName = "u" },
            "10 10 0004 4D515454 04 82 0000 0001 61 0001 75"),
    ];

    private static IEnumerable<PacketSample> Connacks() =>
    [
        new("CONNACK, session", new ConnackPacket { SessionPresent = true }, "20 02 01 00"),
        .. Enum.GetValues<MqttConnectReturnCode>().Select(code =>
            new PacketSample($"CONNACK, {code}", new ConnackPacket { ReturnCode = code }, $"20 02 00 {(int)code:X2}")),
    ];

    private static IEnumerable<PacketSample> Publishes() =>
    [
        new("PUBLISH, QoS 0", new PublishPacket { Topic = "a/b", Payload = "hi"u8.ToArray() }, "30 07 0003 612F62 6869"),
        new("PUBLISH, retained, empty", new PublishPacket { Topic = "a", Retain = true }, "31 03 0001 61"),
        new(
            "PUBLISH, QoS 1",
            new PublishPacket { Topic = "a", QualityOfService = Qos1, PacketId = 10, Payload = new byte[] { 0 } },
            "32 06 0001 61 000A 00"),
        new(
            "PUBLISH, QoS 1, everything",
            new PublishPacket { Topic = "a", QualityOfService = Qos1, PacketId = 256, Duplicate = true, Retain = true },
            "3B 05 0001 61 0100"),
        new("PUBLISH, QoS 2", new PublishPacket { Topic = "a", QualityOfService = Qos2, PacketId = 1 }, "34 05 0001 61 0001"),
        new(
            "PUBLISH, QoS 2, repeated",
            new PublishPacket { Topic = "a", QualityOfService = Qos2, PacketId = 0xFFFF, Duplicate = true },
            "3C 05 0001 61 FFFF"),
        new("PUBLISH, empty levels", new PublishPacket { Topic = "/a//" }, "30 06 0004 2F612F2F"),
        new("PUBLISH, a blank", new PublishPacket { Topic = " " }, "30 03 0001 20"),
    ];

    private static IEnumerable<PacketSample> Acknowledgements() =>
    [
        new("PUBACK", new PubackPacket { PacketId = 1 }, "40 02 0001"),
        new("PUBREC", new PubrecPacket { PacketId = 2 }, "50 02 0002"),
        new("PUBREL", new PubrelPacket { PacketId = 0x1234 }, "62 02 1234"),
        new("PUBCOMP", new PubcompPacket { PacketId = 0xFFFF }, "70 02 FFFF"),
        new("UNSUBACK", new UnsubackPacket { PacketId = 9 }, "B0 02 0009"),
    ];

    private static IEnumerable<PacketSample> Subscriptions() =>
    [
        new(
            "SUBSCRIBE",
            new SubscribePacket { PacketId = 10, Subscriptions = [new("a/b", Qos1), new("c/+/#", Qos2)] },
            "82 10 000A 0003 612F62 01 0005 632F2B2F23 02"),
        new(
            "SUBSCRIBE, wildcards",
            new SubscribePacket { PacketId = 0xFFFF, Subscriptions = [new("#", Qos0), new("+", Qos0), new("/+/+", Qos0)] },
            "82 11 FFFF 0001 23 00 0001 2B 00 0004 2F2B2F2B 00"),
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
    ];

    private static IEnumerable<PacketSample> Rest() =>
    [
        new("PINGREQ", new PingreqPacket(), "C0 00"),
        new("PINGRESP", new PingrespPacket(), "D0 00"),
        new("DISCONNECT", new DisconnectPacket(), "E0 00"),
    ];

    /// <summary>
    /// Topics with the first and last characters of every length in UTF-8, of the surrogates' neighbours and of the planes.
    /// </summary>
    private static IEnumerable<PacketSample> Texts() =>
    [
        Text("U+0020 to U+007E", " ~", "207E"),
        Text("U+00A0", "\u00A0", "C2A0"),
        Text("U+07FF", "\u07FF", "DFBF"),
        Text("U+0800", "\u0800", "E0A080"),
        Text("U+D7FF, before the surrogates", "\uD7FF", "ED9FBF"),
        Text("U+E000, behind the surrogates", "\uE000", "EE8080"),
        Text("U+FEFF, MQTT-1.5.3-3", "\uFEFFa", "EFBBBF61"),
        Text("U+FFFD", "\uFFFD", "EFBFBD"),
        Text("U+10000", "\U00010000", "F0908080"),
        Text("U+1F600", "\u00E4\uFEFF\U0001F600", "C3A4EFBBBFF09F9880"),
        Text("U+10FFFD", "\U0010FFFD", "F48FBFBD"),
        Text("é, composed and not", "\u00E9e\u0301", "C3A965CC81"),

        // Control characters and noncharacters should not be sent, and a receiver MAY close the connection (MQTT 3.1.1, 1.5.3).
        Text("U+0001", "\u0001", "01", PeerNames.Mosquitto),
        Text("U+007F", "\u007F", "7F", PeerNames.Mosquitto),
        Text("U+0080", "\u0080", "C280", PeerNames.Mosquitto),
        Text("U+FDD0", "\uFDD0", "EFB790", PeerNames.Mosquitto),
        Text("U+FFFF", "\uFFFF", "EFBFBF", PeerNames.Mosquitto),
        Text("U+10FFFF", "\U0010FFFF", "F48FBFBF", PeerNames.Mosquitto),
    ];

    private static PacketSample Text(string name, string topic, string hex, PeerNames mayBeRefusedBy = PeerNames.None)
    {
        int bytes = hex.Length / 2;
        return new PacketSample($"PUBLISH, {name}", new PublishPacket { Topic = topic }, $"30 {bytes + 2:X2} {bytes:X4} {hex}")
        {
            MayBeRefusedBy = mayBeRefusedBy,
        };
    }

    /// <summary>The ends of one, two and three bytes of remaining length (MQTT 3.1.1, table 2.4), and the longest fields.</summary>
    private static IEnumerable<PacketSample> Lengths() =>
    [
        Filled(127, "7F"),
        Filled(128, "8001"),
        Filled(16_383, "FF7F"),
        Filled(16_384, "808001"),
        Filled(2_097_151, "FFFF7F"),
        Filled(2_097_152, "80808001"),
        new("PUBLISH, longest topic", new PublishPacket { Topic = Longest }, $"30 818004 FFFF {LongestHex}"),
        new(
            "UNSUBSCRIBE, longest filter",
            new UnsubscribePacket { PacketId = 1, Filters = [Longest] },
            $"A2 838004 0001 FFFF {LongestHex}"),
        new(
            "CONNECT, longest fields",
            new ConnectPacket
            {
                ClientId = Longest,
                Will = new MqttWill { Topic = Longest, Message = new byte[65_535] },
                UserName = Longest,
                Password = new byte[65_535],
            },
            $"10 8F8014 0004 4D515454 04 C6 0000 FFFF {LongestHex} FFFF {LongestHex} FFFF {ZerosHex} FFFF {LongestHex} FFFF",
            65_535),
    ];

    private static string Longest => new('x', 65_535);

    private static string LongestHex => new StringBuilder().Insert(0, "78", 65_535).ToString();

    private static string ZerosHex => new('0', 2 * 65_535);

    private static PacketSample Filled(int remainingLength, string lengthHex) => new(
        $"PUBLISH, {remainingLength} bytes",
        new PublishPacket { Topic = "t", Payload = new byte[remainingLength - 3] },
        $"30 {lengthHex} 0001 74",
        remainingLength - 3);
}
