using DevKit.Support.Servers;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>A client and a server of which each packet is scripted, without TLS. No keep-alive, unless a test asks for it.</summary>
internal sealed class ClientRig : IDisposable
{
    private readonly TaskCompletionSource _closed = new();

    internal ClientRig()
    {
        Network.Install();
        Client = new MqttClient("host", Server.Port, false, null, null, MqttSslProtocols.None);
        Client.ConnectionClosed += (_, _) => _closed.TrySetResult();
    }

    internal LocalNetwork Network { get; } = new();

    internal ScriptedServer Server { get; } = new();

    internal MqttClient Client { get; }

    /// <summary>The client has said that its connection is closed.</summary>
    internal Task Closed => _closed.Task.WaitAsync(ScriptedServer.Patience);

    internal bool IsClosedRaised => _closed.Task.IsCompleted;

    /// <summary>The latest connection.</summary>
    internal GatedStream Connection => Network.Connections[^1];

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    /// <summary>Connects on a thread of its own.</summary>
    internal Task<MqttReasonCode> ConnectingAsync(bool cleanSession = true, ushort keepAlive = 0) =>
        Task.Run(() => Client.Connect("id", null, null, cleanSession, keepAlive)).WaitAsync(ScriptedServer.Patience);

    /// <summary>Connects.</summary>
    internal async Task ConnectAsync(bool cleanSession = true, ushort keepAlive = 0)
    {
        Task<MqttReasonCode> connecting = ConnectingAsync(cleanSession, keepAlive);
        await Server.AcceptAsync();
        Assert.AreEqual(MqttReasonCode.Success, await connecting);
    }

    /// <summary>Publishes with QoS 1.</summary>
    internal ushort Publish(string topic) => Client.Publish(topic, [1], null, null, MqttQoSLevel.AtLeastOnce, false);

    /// <summary>
    /// Waits until the sender has put back the message that it sent last. An answer that comes while it still has the message in hand is
    /// overlooked, and the library may then end the message without a word.
    /// </summary>
    internal async Task SettleAsync()
    {
        bool isRepeated = true;
        while (isRepeated)
        {
            isRepeated = false;
            Client.Publish("marker", [1], null, null, MqttQoSLevel.AtMostOnce, false);
            while (await Server.ReceiveAsync<DevKit.Mqtt.MqttPacket>() is not DevKit.Mqtt.PublishPacket { Topic: "marker" })
            {
                isRepeated = true;
            }
        }
    }

    /// <summary>Publishes with QoS 1, and has it acknowledged: what was asked of the client before is done.</summary>
    internal async Task PublishAcknowledgedAsync(string topic)
    {
        var acknowledged = new TaskCompletionSource();
        ushort id = Publish(topic);
        Client.MqttMsgPublished += OnPublished;
        Assert.AreEqual(id, (await Server.ReceiveAsync<DevKit.Mqtt.PublishPacket>()).PacketId);
        await Server.SendAsync(new DevKit.Mqtt.PubackPacket { PacketId = id });
        await acknowledged.Task.WaitAsync(ScriptedServer.Patience);
        Client.MqttMsgPublished -= OnPublished;

        void OnPublished(object sender, MqttMsgPublishedEventArgs e)
        {
            if (e.MessageId == id && e.IsPublished)
            {
                acknowledged.TrySetResult();
            }
        }
    }
}
