using System.Buffers;

namespace DevKit.Mqtt.Tests;

[TestClass]
public sealed class MalformedTests
{
    private static IEnumerable<object[]> Malformed =>
        MalformedPackets.All.Select(packet => new object[] { packet.Hex, packet.Reason, packet.Clause });

    [TestMethod]
    [DynamicData(nameof(Malformed))]
    public void A_malformed_packet_is_refused_by_its_clause(string hex, string reason, string clause)
    {
        MqttProtocolException error = Refused(PacketSample.Parse(hex));
        StringAssert.Contains(error.Message, reason);
        StringAssert.Contains(error.Message, clause);
    }

    [TestMethod]
    [DataRow("00")]
    [DataRow("F0")]
    [DataRow("11")]
    [DataRow("28")]
    [DataRow("41")]
    [DataRow("52")]
    [DataRow("60")]
    [DataRow("72")]
    [DataRow("80")]
    [DataRow("92")]
    [DataRow("A0")]
    [DataRow("B1")]
    [DataRow("C1")]
    [DataRow("D1")]
    [DataRow("E1")]
    [DataRow("36")]
    [DataRow("38")]
    public void A_forbidden_first_byte_is_refused_before_anything_else_has_come(string hex) => Refused(PacketSample.Parse(hex));

    [TestMethod]
    public void An_oversized_packet_is_refused_before_its_body_has_come()
    {
        var reader = new MqttPacketReader(maximumPacketSize: 100);
        var fits = new ReadOnlySequence<byte>(MqttPacketWriter.ToBytes(new PublishPacket { Topic = "t", Payload = new byte[95] }));
        Assert.AreEqual(100, fits.Length);
        Assert.IsTrue(reader.TryRead(ref fits, out _));

        var tooLong = new ReadOnlySequence<byte>(PacketSample.Parse("30 63"));
        MqttProtocolException error = Assert.ThrowsExactly<MqttProtocolException>(() => reader.TryRead(ref tooLong, out _));
        StringAssert.Contains(error.Message, "101 bytes: at most 100");
    }

    [TestMethod]
    [DataRow("10 0E 0004 4D515454 05 02 0000 00 0001 61", MqttConnectReturnCode.UnacceptableProtocolVersion, DisplayName = "MQTT-3.1.2-2")]
    [DataRow("10 0C 0004 4D515454 04 00 0000 0000", MqttConnectReturnCode.IdentifierRejected, DisplayName = "MQTT-3.1.3-8")]
    public void A_CONNECT_that_must_be_answered_is_refused_with_the_answer(string hex, MqttConnectReturnCode answer) =>
        Assert.AreEqual(answer, Refused(PacketSample.Parse(hex)).Refusal);

    [TestMethod]
    public void Every_other_packet_is_refused_without_an_answer()
    {
        foreach (MalformedPacket malformed in MalformedPackets.All.Where(m => m.Clause is not ("MQTT-3.1.2-2" or "MQTT-3.1.3-8")))
        {
            Assert.IsNull(Refused(malformed.Bytes).Refusal, $"{malformed.Hex}: MQTT-3.1.4-1");
        }
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

    private static MqttProtocolException Refused(byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        return Assert.ThrowsExactly<MqttProtocolException>(() => new MqttPacketReader().TryRead(ref buffer, out _));
    }
}
