using DevKit.Mqtt.Tests.Peers;
using static DevKit.Mqtt.Tests.Peers.PeerNames;

namespace DevKit.Mqtt.Tests;

/// <summary>
/// Packets that MQTT 3.1.1 forbids, each with the clause. Of the peers, those that are laxer than the standard stand last in the row;
/// the others refuse the packet as ours does.
/// </summary>
internal static class MalformedPackets
{
    internal static IReadOnlyList<MalformedPacket> All { get; } =
    [
        // The fixed header (2.2).
        new("00 00", "type 0", "MQTT-4.8.0-1"),
        new("F0 00", "type 15", "MQTT-4.8.0-1"),
        new("11 0D 0004 4D515454 04 02 0000 0001 61", "CONNECT has flags 1", "MQTT-2.2.2-2", MqttNet),
        new("28 02 00 00", "CONNACK has flags 8", "MQTT-2.2.2-2", MqttNet),
        new("41 02 0001", "PUBACK has flags 1", "MQTT-2.2.2-2", MqttNet | Mosquitto),
        new("52 02 0001", "PUBREC has flags 2", "MQTT-2.2.2-2", MqttNet | Mosquitto),
        new("60 02 0001", "PUBREL has flags 0", "MQTT-2.2.2-2", MqttNet),
        new("72 02 0001", "PUBCOMP has flags 2", "MQTT-2.2.2-2", MqttNet | Mosquitto),
        new("80 06 0001 0001 61 00", "SUBSCRIBE has flags 0", "MQTT-2.2.2-2", MqttNet),
        new("92 03 0001 00", "SUBACK has flags 2", "MQTT-2.2.2-2", MqttNet),
        new("A0 05 0001 0001 61", "UNSUBSCRIBE has flags 0", "MQTT-2.2.2-2", MqttNet),
        new("B1 02 0001", "UNSUBACK has flags 1", "MQTT-2.2.2-2", MqttNet),
        new("C1 00", "PINGREQ has flags 1", "MQTT-2.2.2-2", MqttNet | Mosquitto),
        new("D1 00", "PINGRESP has flags 1", "MQTT-2.2.2-2", MqttNet),
        new("E1 00", "DISCONNECT has flags 1", "MQTT-2.2.2-2", MqttNet),
        new("36 05 0001 61 0001", "PUBLISH has QoS 3", "MQTT-3.3.1-4", MqttNet),
        new("38 03 0001 61", "marked as a repetition", "MQTT-3.3.1-2", MqttNet | MqttJs | Mosquitto),

        // The remaining length (2.2.3).
        new("C0 80808080", "more than four bytes", "MQTT-4.8.0-1"),
        new("C0 FFFFFFFF 7F", "more than four bytes", "MQTT-4.8.0-1"),

        // CONNECT (3.1).
        new("10 00", "ends in its field 'protocol name'", "MQTT-4.8.0-1"),
        new("10 0C 0004 4D515453 04 02 0000 0000", "'MQTS'", "MQTT-3.1.2-1"),
        new("10 0E 0006 4D5149736470 03 02 0000 0000", "'MQIsdp'", "MQTT-3.1.2-1", MqttNet | MqttJs),
        new("10 0D 0004 4D515454 03 02 0000 0001 61", "level 3", "MQTT-3.1.2-2", MqttNet | MqttJs),
        new("10 0E 0004 4D515454 05 02 0000 00 0001 61", "level 5", "MQTT-3.1.2-2", MqttJs | Mosquitto),
        new("10 0D 0004 4D515454 84 02 0000 0001 61", "level 132", "MQTT-3.1.2-2", MqttNet | MqttJs | Mosquitto),
        new("10 0D 0004 4D515454 04 03 0000 0001 61", "reserved flag", "MQTT-3.1.2-3"),
        new("10 0D 0004 4D515454 04 22 0000 0001 61", "no will", "MQTT-3.1.2-15", MqttNet),
        new("10 0D 0004 4D515454 04 0A 0000 0001 61", "no will", "MQTT-3.1.2-13", MqttNet),
        new("10 12 0004 4D515454 04 1E 0000 0001 61 0001 77 0000", "QoS 3", "MQTT-3.1.2-14", MqttNet | MqttJs),
        new("10 10 0004 4D515454 04 42 0000 0001 61 0001 70", "no user name", "MQTT-3.1.2-22", MqttNet | MqttJs),
        new("10 0C 0004 4D515454 04 00 0000 0000", "empty client identifier", "MQTT-3.1.3-8", MqttJs),
        new("10 0B 0004 4D515454 04 02 0000 00", "ends in its field 'client identifier'", "MQTT-4.8.0-1"),
        new("10 0D 0004 4D515454 04 02 0000 0002 61", "ends in its field 'client identifier'", "MQTT-4.8.0-1"),
        new("10 0D 0004 4D515454 04 06 0000 0001 61", "ends in its field 'will topic'", "MQTT-4.8.0-1"),
        new("10 11 0004 4D515454 04 06 0000 0001 61 0001 77 00", "ends in its field 'will message'", "MQTT-4.8.0-1"),
        new("10 0D 0004 4D515454 04 82 0000 0001 61", "ends in its field 'user name'", "MQTT-4.8.0-1"),
        new("10 10 0004 4D515454 04 C2 0000 0001 61 0001 75", "ends in its field 'password'", "MQTT-4.8.0-1"),
        new("10 0E 0004 4D515454 04 02 0000 0001 61 00", "1 bytes behind", "MQTT-4.8.0-1", MqttNet | MqttJs),
        new("10 11 0004 4D515454 04 06 0000 0001 61 0000 0000", "topic name is empty", "MQTT-4.7.3-1", MqttNet | MqttJs),
        new("10 12 0004 4D515454 04 06 0000 0001 61 0001 23 0000", "contains a wildcard", "MQTT-4.7.1-1", MqttNet | MqttJs),
        new("10 0E 0004 4D515454 04 02 0000 0002 6100", "client identifier contains U+0000", "MQTT-1.5.3-2", MqttNet | MqttJs),
        new("10 0D 0004 4D515454 04 02 0000 0001 FF", "client identifier is not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),
        new("10 12 0004 4D515454 04 06 0000 0001 61 0001 FF 0000", "will topic is not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),
        new("10 10 0004 4D515454 04 82 0000 0001 61 0001 FF", "user name is not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),

        // CONNACK (3.2).
        new("20 01 00", "ends in its field 'return code'", "MQTT-4.8.0-1", MqttJs),
        new("20 03 00 00 00", "1 bytes behind", "MQTT-4.8.0-1", MqttNet | MqttJs),
        new("20 02 02 00", "acknowledge flags 2", "MQTT-4.8.0-1", MqttNet),
        new("20 02 00 06", "return code 6", "MQTT-4.8.0-1", MqttNet | MqttJs),
        new("20 02 01 05", "claims a session", "MQTT-3.2.2-4", MqttNet | MqttJs),

        // PUBLISH (3.3).
        new("30 00", "ends in its field 'topic name'", "MQTT-4.8.0-1"),
        new("30 02 0001", "ends in its field 'topic name'", "MQTT-4.8.0-1"),
        new("30 02 0000", "topic name is empty", "MQTT-4.7.3-1", MqttNet | MqttJs),
        new("30 03 0001 2B", "contains a wildcard", "MQTT-3.3.2-2", MqttNet | MqttJs),
        new("30 05 0003 612F23", "contains a wildcard", "MQTT-3.3.2-2", MqttNet | MqttJs),
        new("32 03 0001 61", "ends in its field 'packet identifier'", "MQTT-4.8.0-1", MqttJs),
        new("32 04 0001 61 00", "ends in its field 'packet identifier'", "MQTT-4.8.0-1", MqttJs),
        new("32 05 0001 61 0000", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("34 05 0001 61 0000", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("30 03 0001 00", "contains U+0000", "MQTT-1.5.3-2", MqttNet | MqttJs),
        new("30 03 0001 80", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),
        new("30 04 0002 C080", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),  // overlong U+0000
        new("30 04 0002 C1BF", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),  // overlong
        new("30 05 0003 E0809F", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),  // overlong
        new("30 05 0003 EDA080", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),  // U+D800
        new("30 05 0003 EDBFBF", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),  // U+DFFF
        new("30 08 0006 EDA0BDEDB880", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),  // U+1F600 as surrogates
        new("30 06 0004 F4908080", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),  // beyond U+10FFFF
        new("30 05 0003 F09F98", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),  // cut short
        new("30 03 0001 FF", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),

        // PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK (3.4 to 3.7, 3.11).
        new("40 01 00", "ends in its field 'packet identifier'", "MQTT-4.8.0-1", MqttJs),
        new("40 02 0000", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("40 03 0001 00", "1 bytes behind", "MQTT-4.8.0-1", MqttNet | MqttJs | Mosquitto),
        new("50 02 0000", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("50 03 0001 00", "1 bytes behind", "MQTT-4.8.0-1", MqttNet | MqttJs | Mosquitto),
        new("62 02 0000", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("62 03 0001 00", "1 bytes behind", "MQTT-4.8.0-1", MqttNet | MqttJs | Mosquitto),
        new("70 02 0000", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("70 03 0001 00", "1 bytes behind", "MQTT-4.8.0-1", MqttNet | MqttJs | Mosquitto),
        new("B0 00", "ends in its field 'packet identifier'", "MQTT-4.8.0-1"),
        new("B0 02 0000", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("B0 03 0001 00", "1 bytes behind", "MQTT-4.8.0-1", MqttNet),

        // SUBSCRIBE, SUBACK, UNSUBSCRIBE (3.8 to 3.10).
        new("82 01 00", "ends in its field 'packet identifier'", "MQTT-4.8.0-1"),
        new("82 02 0001", "empty list", "MQTT-3.8.3-3", MqttNet | MqttJs),
        new("82 06 0000 0001 61 00", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("82 05 0001 0001 61", "ends in its field 'requested QoS'", "MQTT-4.8.0-1"),
        new("82 07 0001 0001 61 00 00", "ends in its field 'topic filter'", "MQTT-4.8.0-1"),
        new("82 05 0001 0000 00", "filter is empty", "MQTT-4.7.3-1", MqttNet | MqttJs),
        new("82 06 0001 0001 61 03", "QoS 3", "MQTT-3-8.3-4", MqttNet),
        new("82 06 0001 0001 61 04", "QoS 4", "MQTT-3-8.3-4", MqttNet),
        new("82 06 0001 0001 61 80", "QoS 128", "MQTT-3-8.3-4", MqttNet),
        new("82 09 0001 0004 612F232F 00", "'#' is not", "MQTT-4.7.1-2", MqttNet | MqttJs),
        new("82 07 0001 0002 6123 00", "'#' is not", "MQTT-4.7.1-2", MqttNet | MqttJs),
        new("82 07 0001 0002 2B61 00", "'+' is not", "MQTT-4.7.1-3", MqttNet | MqttJs),
        new("82 06 0001 0001 00 00", "contains U+0000", "MQTT-1.5.3-2", MqttNet | MqttJs),
        new("82 06 0001 0001 FF 00", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),
        new("90 02 0001", "empty list", "MQTT-3.9.3-1", MqttNet | MqttJs),
        new("90 03 0000 00", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("90 03 0001 03", "0x03", "MQTT-3.9.3-2", MqttNet),
        new("90 03 0001 81", "0x81", "MQTT-3.9.3-2", MqttNet),
        new("A2 02 0001", "empty list", "MQTT-3.10.3-2", MqttNet | MqttJs),
        new("A2 05 0000 0001 61", "packet identifier 0", "MQTT-2.3.1-1", MqttNet | MqttJs),
        new("A2 04 0001 0000", "filter is empty", "MQTT-4.7.3-1", MqttNet | MqttJs),
        new("A2 04 0001 0001", "ends in its field 'topic filter'", "MQTT-4.8.0-1"),
        new("A2 06 0001 0002 6123", "'#' is not", "MQTT-4.7.1-2", MqttNet | MqttJs),
        new("A2 05 0001 0001 FF", "not well-formed", "MQTT-1.5.3-1", MqttNet | MqttJs),

        // PINGREQ, PINGRESP, DISCONNECT (3.12 to 3.14).
        new("C0 01 00", "PINGREQ has 1 bytes", "MQTT-4.8.0-1", MqttNet | MqttJs | Mosquitto),
        new("D0 01 00", "PINGRESP has 1 bytes", "MQTT-4.8.0-1", MqttNet | MqttJs),
        new("E0 01 00", "DISCONNECT has 1 bytes", "MQTT-4.8.0-1", MqttNet | MqttJs),
    ];
}

/// <summary>A packet that is refused.</summary>
/// <param name="Hex">The bytes in hexadecimal, with blanks.</param>
/// <param name="Reason">What our refusal says, in part.</param>
/// <param name="Clause">The clause that it names.</param>
/// <param name="TakenBy">The peers that take it all the same.</param>
internal sealed record MalformedPacket(string Hex, string Reason, string Clause, PeerNames TakenBy = None)
{
    internal byte[] Bytes => PacketSample.Parse(Hex);

    internal MqttPacketType Type => (MqttPacketType)(Bytes[0] >> 4);

    /// <summary>
    /// Whether a broker that takes it can be told from one that does not: no packet that only a server sends, nor DISCONNECT.
    /// </summary>
    internal bool IsForBroker => Type is not (MqttPacketType.Connack or MqttPacketType.Suback or MqttPacketType.Unsuback
        or MqttPacketType.Pingresp or MqttPacketType.Disconnect);
}
