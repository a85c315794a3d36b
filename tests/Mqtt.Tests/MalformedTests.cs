using System.Buffers;

namespace DevKit.Mqtt.Tests;

[TestClass]
public sealed class MalformedTests
{
    [TestMethod]
    [DataRow("00 00", "type 0")]
    [DataRow("F0 00", "type 15")]
    [DataRow("11 00", "CONNECT has flags")]
    [DataRow("28 02 00 00", "CONNACK has flags")]
    [DataRow("41 02 00 01", "PUBACK has flags")]
    [DataRow("52 02 00 01", "PUBREC has flags")]
    [DataRow("60 02 00 01", "PUBREL has flags")]
    [DataRow("72 02 00 01", "PUBCOMP has flags")]
    [DataRow("80 06 0001 0001 61 00", "SUBSCRIBE has flags")]
    [DataRow("92 03 0001 00", "SUBACK has flags")]
    [DataRow("A0 05 0001 0001 61", "UNSUBSCRIBE has flags")]
    [DataRow("B1 02 0001", "UNSUBACK has flags")]
    [DataRow("C1 00", "PINGREQ has flags")]
    [DataRow("D1 00", "PINGRESP has flags")]
    [DataRow("E1 00", "DISCONNECT has flags")]
    [DataRow("36 05 0001 61 0001", "QoS 3")]
    [DataRow("38 03 0001 61", "repetition")]
    public void A_forbidden_first_byte_is_refused_before_anything_else_has_come(string hex, string reason)
    {
        byte[] bytes = PacketSamples.Bytes(hex);
        Refused(bytes, reason);
        Refused(bytes[..1], reason);
    }

    [TestMethod]
    [DataRow("C0 80808080", "four bytes")]
    [DataRow("C0 FFFFFFFF 7F", "four bytes")]
    public void A_remaining_length_of_five_bytes_is_refused(string hex, string reason) => Refused(PacketSamples.Bytes(hex), reason);

    [TestMethod]
    public void An_oversized_packet_is_refused_before_its_body_has_come()
    {
        var reader = new MqttPacketReader(maximumPacketSize: 100);
        var fits = new ReadOnlySequence<byte>(MqttPacketWriter.ToBytes(new PublishPacket { Topic = "t", Payload = new byte[95] }));
        Assert.AreEqual(100, fits.Length);
        Assert.IsTrue(reader.TryRead(ref fits, out _));

        var tooLong = new ReadOnlySequence<byte>(PacketSamples.Bytes("30 63"));
        MqttProtocolException error = Assert.ThrowsExactly<MqttProtocolException>(() => reader.TryRead(ref tooLong, out _));
        StringAssert.Contains(error.Message, "101 bytes: at most 100");
    }

    [TestMethod]
    [DataRow("10 0C 0004 4D515453 04 02 0000 0000", "'MQTS'")]
    [DataRow("10 0E 0006 4D5149736470 03 02 0000 0000", "'MQIsdp'")]
    [DataRow("10 0C 0004 4D515454 04 03 0000 0000", "reserved flag")]
    [DataRow("10 0C 0004 4D515454 04 22 0000 0000", "no will")]
    [DataRow("10 0C 0004 4D515454 04 0A 0000 0000", "no will")]
    [DataRow("10 11 0004 4D515454 04 1E 0000 0000 0001 77 0000", "QoS 3")]
    [DataRow("10 0F 0004 4D515454 04 42 0000 0000 0001 70", "no user name")]
    [DataRow("10 10 0004 4D515454 04 06 0000 0000 0000 0000", "topic name is empty")]
    [DataRow("10 11 0004 4D515454 04 06 0000 0000 0001 23 0000", "wildcard")]
    [DataRow("10 0D 0004 4D515454 04 02 0000 0000 00", "1 bytes behind")]
    [DataRow("10 0B 0004 4D515454 04 02 0000 00", "client identifier")]
    [DataRow("10 0D 0004 4D515454 04 02 0000 0002 61", "client identifier")]
    [DataRow("10 0E 0004 4D515454 04 02 0000 0002 6100", "U+0000")]
    [DataRow("10 00", "protocol name")]
    public void A_malformed_CONNECT_is_refused(string hex, string reason) => Refused(PacketSamples.Bytes(hex), reason);

    [TestMethod]
    public void An_unknown_protocol_level_is_refused_with_an_answer()
    {
        MqttProtocolException error = Refused(PacketSamples.Bytes("10 0D 0004 4D515454 05 02 0000 00 0000"), "level 5");
        Assert.AreEqual(MqttConnectReturnCode.UnacceptableProtocolVersion, error.Refusal);
    }

    [TestMethod]
    public void An_empty_client_identifier_with_a_kept_session_is_refused_with_an_answer()
    {
        MqttProtocolException error = Refused(PacketSamples.Bytes("10 0C 0004 4D515454 04 00 0000 0000"), "MQTT-3.1.3-8");
        Assert.AreEqual(MqttConnectReturnCode.IdentifierRejected, error.Refusal);
    }

    [TestMethod]
    [DataRow("20 02 02 00", "flags 2")]
    [DataRow("20 02 00 06", "return code 6")]
    [DataRow("20 02 01 05", "claims a session")]
    [DataRow("20 01 00", "return code")]
    [DataRow("20 03 00 00 00", "1 bytes behind")]
    [DataRow("30 02 0000", "topic name is empty")]
    [DataRow("30 03 0001 2B", "wildcard")]
    [DataRow("30 02 0001", "topic name")]
    [DataRow("32 05 0001 61 0000", "packet identifier 0")]
    [DataRow("32 03 0001 61", "packet identifier")]
    [DataRow("40 02 0000", "packet identifier 0")]
    [DataRow("40 01 00", "packet identifier")]
    [DataRow("40 03 0001 00", "1 bytes behind")]
    [DataRow("50 02 0000", "packet identifier 0")]
    [DataRow("62 02 0000", "packet identifier 0")]
    [DataRow("70 02 0000", "packet identifier 0")]
    [DataRow("82 02 0001", "MQTT-3.8.3-3")]
    [DataRow("82 06 0000 0001 61 00", "packet identifier 0")]
    [DataRow("82 05 0001 0000 00", "filter is empty")]
    [DataRow("82 06 0001 0001 61 03", "QoS 3")]
    [DataRow("82 06 0001 0001 61 04", "QoS 4")]
    [DataRow("82 05 0001 0001 61", "requested QoS")]
    [DataRow("82 08 0001 0003 612F62 80", "QoS 128")]
    [DataRow("82 09 0001 0004 612F232F 00", "'#' is not")]
    [DataRow("82 07 0001 0002 6123 00", "'#' is not")]
    [DataRow("82 07 0001 0002 2B61 00", "'+' is not")]
    [DataRow("90 02 0001", "MQTT-3.9.3-1")]
    [DataRow("90 03 0001 03", "0x03")]
    [DataRow("90 03 0001 81", "0x81")]
    [DataRow("A2 02 0001", "MQTT-3.10.3-2")]
    [DataRow("B0 02 0000", "packet identifier 0")]
    [DataRow("B0 00", "packet identifier")]
    [DataRow("C0 01 00", "PINGREQ has 1 bytes")]
    [DataRow("D0 01 00", "PINGRESP has 1 bytes")]
    [DataRow("E0 01 00", "DISCONNECT has 1 bytes")]
    public void A_malformed_packet_is_refused(string hex, string reason) => Refused(PacketSamples.Bytes(hex), reason);

    [TestMethod]
    [DataRow("00", "U+0000")]
    [DataRow("80", "UTF-8")]
    [DataRow("C080", "UTF-8", DisplayName = "overlong U+0000")]
    [DataRow("C1BF", "UTF-8", DisplayName = "overlong")]
    [DataRow("EDA080", "UTF-8", DisplayName = "surrogate U+D800")]
    [DataRow("EDBFBF", "UTF-8", DisplayName = "surrogate U+DFFF")]
    [DataRow("F4908080", "UTF-8", DisplayName = "beyond U+10FFFF")]
    [DataRow("F09F98", "UTF-8", DisplayName = "cut short")]
    [DataRow("FF", "UTF-8")]
    public void A_text_that_is_no_UTF_8_is_refused(string text, string reason)
    {
        byte[] bytes = PacketSamples.Bytes(text);
        Refused([0x30, (byte)(bytes.Length + 2), 0, (byte)bytes.Length, .. bytes], reason);
    }

    [TestMethod]
    public void A_zero_width_no_break_space_is_kept()
    {
        var buffer = new ReadOnlySequence<byte>(PacketSamples.Bytes("30 06 0004 EFBBBF 61"));
        Assert.IsTrue(new MqttPacketReader().TryRead(ref buffer, out MqttPacket? packet));
        Assert.AreEqual("\uFEFFa", ((PublishPacket)packet).Topic, "MQTT-1.5.3-3");
    }

    [TestMethod]
    public void What_must_not_be_read_is_not_written()
    {
        foreach ((MqttPacket packet, string reason) in Forbidden())
        {
            var output = new ArrayBufferWriter<byte>();
            MqttProtocolException error = Assert.ThrowsExactly<MqttProtocolException>(() => MqttPacketWriter.Write(output, packet));
            StringAssert.Contains(error.Message, reason);
            Assert.AreEqual(0, output.WrittenCount, reason);
        }
    }

    private static IEnumerable<(MqttPacket Packet, string Reason)> Forbidden()
    {
        yield return (new ConnectPacket { ClientId = "", CleanSession = false }, "MQTT-3.1.3-7");
        yield return (new ConnectPacket { ClientId = "a", Password = new byte[1] }, "no user name");
        yield return (new ConnectPacket { ClientId = "a\0" }, "U+0000");
        yield return (new ConnectPacket { ClientId = "\uD800" }, "surrogate");
        yield return (new ConnectPacket { ClientId = new string('x', 65_536) }, "65536 bytes");
        yield return (new ConnectPacket { ClientId = "a", Will = new MqttWill { Topic = "" } }, "empty");
        yield return (new ConnectPacket { ClientId = "a", Will = new MqttWill { Topic = "w", Message = new byte[65_536] } }, "65536 bytes");
        yield return (new ConnackPacket { ReturnCode = (MqttConnectReturnCode)6 }, "return code 6");
        yield return (new ConnackPacket { SessionPresent = true, ReturnCode = MqttConnectReturnCode.NotAuthorized }, "claims");
        yield return (new PublishPacket { Topic = "" }, "empty");
        yield return (new PublishPacket { Topic = "a/#" }, "wildcard");
        yield return (new PublishPacket { Topic = "a", Duplicate = true }, "QoS 0");
        yield return (new PublishPacket { Topic = "a", PacketId = 1 }, "QoS 0");
        yield return (new PublishPacket { Topic = "a", QualityOfService = (MqttQualityOfService)3, PacketId = 1 }, "QoS 3");
        yield return (new PublishPacket { Topic = "a", QualityOfService = MqttQualityOfService.AtLeastOnce }, "identifier 0");
        yield return (new PubackPacket { PacketId = 0 }, "identifier 0");
        yield return (new SubscribePacket { PacketId = 1, Subscriptions = [] }, "empty list");
        yield return (new SubscribePacket { PacketId = 1, Subscriptions = [new("a#", MqttQualityOfService.AtMostOnce)] }, "'#'");
        yield return (new SubscribePacket { PacketId = 1, Subscriptions = [new("a", (MqttQualityOfService)3)] }, "QoS 3");
        yield return (new SubackPacket { PacketId = 1, ReturnCodes = [] }, "empty list");
        yield return (new SubackPacket { PacketId = 1, ReturnCodes = [(MqttSubscribeReturnCode)3] }, "0x03");
        yield return (new UnsubscribePacket { PacketId = 1, Filters = [] }, "empty list");
    }

    private static MqttProtocolException Refused(byte[] bytes, string reason)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        MqttProtocolException error = Assert.ThrowsExactly<MqttProtocolException>(() => new MqttPacketReader().TryRead(ref buffer, out _));
        StringAssert.Contains(error.Message, reason);
        return error;
    }
}
