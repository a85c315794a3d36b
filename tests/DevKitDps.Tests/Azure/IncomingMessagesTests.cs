using DevKit.Azure;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Dps.Tests.Azure;

[TestClass]
public sealed class IncomingMessagesTests
{
    private const string ToDevice = "devices/d/messages/devicebound/";
    private const string Method = "$iothub/methods/POST/m/?$rid=1";

    private readonly IncomingMessages _messages = new();

    [TestMethod]
    [DataRow(ToDevice, Method)]
    [DataRow(Method, ToDevice)]
    public void A_burst_of_one_kind_does_not_keep_out_the_other(string many, string one)
    {
        for (int i = 0; i < 1000; i++)
        {
            Add(many, 65_536);
        }

        Add(one, 100);
        Assert.AreEqual(999, _messages.Dropped);
        Assert.AreEqual(many, _messages.Remove().Topic);
        Assert.AreEqual(one, _messages.Remove().Topic);
        Assert.IsNull(_messages.Remove());
    }

    [TestMethod]
    [DataRow(0, 8)]
    [DataRow(1024, 8)]
    [DataRow(1025, 7)]
    [DataRow(9000, 1)]
    public void Count_and_bytes_are_bounded_and_room_comes_back(int length, int most)
    {
        for (int round = 1; round <= 3; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                Add(ToDevice, length);
            }

            Assert.AreEqual((20 - most) * round, _messages.Dropped);
            for (int i = 0; i < most; i++)
            {
                Assert.IsNotNull(_messages.Remove());
            }

            Assert.IsNull(_messages.Remove());
        }
    }

    private void Add(string topic, int length) =>
        _messages.Add(new MqttMsgPublishEventArgs(topic, new byte[length], false, MqttQoSLevel.AtLeastOnce, false));
}
