using System.Net.Sockets;
using System.Text;
using DevKit.Mqtt;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>The client's habits, against a server of which each packet is scripted; without TLS.</summary>
[TestClass]
public sealed class ClientTests
{
    private readonly LocalNetwork _network = new();

    [TestInitialize]
    public void Install() => _network.Install();

    [TestMethod]
    public void The_constructor_throws_when_the_name_is_unknown()
    {
        SocketException error = Assert.ThrowsExactly<SocketException>(() => new MqttClient("unknown.example"));
        Assert.AreEqual(SocketError.HostNotFound, error.SocketErrorCode);
    }

    [TestMethod]
    public void The_constructor_resolves_the_name_and_opens_no_connection()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        Assert.AreEqual(0, _network.Connections);
    }

    [TestMethod]
    public void That_nobody_listens_is_found_by_Connect()
    {
        int port;
        using (var closed = new ScriptedServer())
        {
            port = closed.Port;
        }

        using var client = new MqttClient("host", port, false, null, null, MqttSslProtocols.None);
        MqttConnectionException error = Assert.ThrowsExactly<MqttConnectionException>(() => client.Connect("id"));
        Assert.AreEqual("Socket exception connecting to the broker: 10061", error.Message);
        Assert.IsInstanceOfType<SocketException>(error.InnerException);
    }

    [TestMethod]
    public async Task CONNECT_says_what_the_program_asked_for()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        Task<MqttReasonCode> connecting = Task.Run(() =>
            client.Connect("id", "user", "secret", true, MqttQoSLevel.AtLeastOnce, true, "will/topic", "bye", false, 120));
        ConnectPacket connect = await server.AcceptAsync();

        Assert.AreEqual(MqttReasonCode.Success, await connecting);
        Assert.AreEqual("id", connect.ClientId);
        Assert.AreEqual("user", connect.UserName);
        Assert.AreEqual("secret", Encoding.UTF8.GetString(connect.Password!.Value.Span));
        Assert.AreEqual(120, connect.KeepAliveSeconds);
        Assert.IsFalse(connect.CleanSession);
        Assert.AreEqual("will/topic", connect.Will?.Topic);
        Assert.AreEqual("bye", Encoding.UTF8.GetString(connect.Will!.Message.Span));
        Assert.IsTrue(client.IsConnected);
        Assert.AreEqual("id", client.ClientId);
        Assert.AreEqual(1, _network.Connections);
    }

    [TestMethod]
    public async Task Without_user_name_and_password_CONNECT_has_none()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        Task<MqttReasonCode> connecting = Task.Run(() => client.Connect("id", "", null));
        ConnectPacket connect = await server.AcceptAsync();
        await connecting;

        Assert.IsNull(connect.UserName);
        Assert.IsNull(connect.Password);
        Assert.AreEqual(60, connect.KeepAliveSeconds);
        Assert.IsTrue(connect.CleanSession);
    }

    [TestMethod]
    [DataRow(MqttConnectReturnCode.UnacceptableProtocolVersion, MqttReasonCode.ConnectionRefusedUnacceptableProtocolVersion)]
    [DataRow(MqttConnectReturnCode.IdentifierRejected, MqttReasonCode.ConnectionRefusedIdentifierRejected)]
    [DataRow(MqttConnectReturnCode.ServerUnavailable, MqttReasonCode.ConnectionRefusedServerUnavailable)]
    [DataRow(MqttConnectReturnCode.BadUserNameOrPassword, MqttReasonCode.ConnectionRefusedBadUserNameOrPassword)]
    [DataRow(MqttConnectReturnCode.NotAuthorized, MqttReasonCode.ConnectionRefusedNotAuthorized)]
    public async Task A_refusal_is_returned_and_leaves_the_client_unconnected(MqttConnectReturnCode answer, MqttReasonCode expected)
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        Task<MqttReasonCode> connecting = Task.Run(() => client.Connect("id"));
        await server.AcceptAsync(answer);
        Assert.AreEqual(expected, await connecting);
        Assert.IsFalse(client.IsConnected);
    }

    [TestMethod]
    [DataRow(MqttConnectReturnCode.Accepted)]
    [DataRow(MqttConnectReturnCode.NotAuthorized)]
    public async Task ConnectionOpened_carries_the_answer_before_Connect_returns(MqttConnectReturnCode answer)
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        using var held = new ManualResetEventSlim();
        var opened = new TaskCompletionSource<MqttReasonCode>();
        client.ConnectionOpened += (_, e) =>
        {
            opened.SetResult(e.Message.ReturnCode);
            held.Wait(ScriptedServer.Patience);
        };
        Task<MqttReasonCode> connecting = Task.Run(() => client.Connect("id"));
        await server.AcceptAsync(answer);

        Assert.AreEqual((MqttReasonCode)answer, await opened.Task.WaitAsync(ScriptedServer.Patience));
        Assert.IsFalse(connecting.IsCompleted);
        held.Set();
        Assert.AreEqual((MqttReasonCode)answer, await connecting);
    }

    [TestMethod]
    public async Task A_server_that_closes_instead_of_answering_is_a_communication_error()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        Task<MqttReasonCode> connecting = Task.Run(() => client.Connect("id"));
        await server.AcceptConnectAsync();
        server.CloseConnection();
        await Assert.ThrowsExactlyAsync<MqttCommunicationException>(() => connecting);
    }

    [TestMethod]
    public async Task A_message_is_acknowledged_and_raised_on_a_thread_of_the_clients()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        var received = new TaskCompletionSource<(MqttMsgPublishEventArgs Message, string? Thread)>();
        client.MqttMsgPublishReceived += (_, message) => received.SetResult((message, Thread.CurrentThread.Name));

        await server.SendAsync(new PublishPacket
        {
            Topic = "a/b",
            Payload = new byte[] { 1, 2 },
            QualityOfService = MqttQualityOfService.AtLeastOnce,
            PacketId = 77,
        });

        Assert.AreEqual(77, (await server.ReceiveAsync<PubackPacket>()).PacketId);
        (MqttMsgPublishEventArgs message, string? thread) = await received.Task.WaitAsync(ScriptedServer.Patience);
        Assert.AreEqual("a/b", message.Topic);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, message.Message);
        Assert.AreEqual(MqttQoSLevel.AtLeastOnce, message.QosLevel);
        Assert.AreEqual("M2Mqtt events", thread);
    }

    [TestMethod]
    public async Task An_exception_in_a_handler_closes_the_connection_silently()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        Task closed = Closed(client);
        client.MqttMsgPublishReceived += (_, _) => throw new InvalidOperationException("a fault of the program's");

        await server.SendAsync(new PublishPacket { Topic = "a" });

        await closed;
        await server.ExpectCloseAsync();
        Assert.IsFalse(client.IsConnected);
    }

    [TestMethod]
    public async Task A_server_that_closes_raises_ConnectionClosed_after_the_last_message()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        var events = new List<string>();
        client.MqttMsgPublishReceived += (_, message) => events.Add(message.Topic);
        client.ConnectionClosed += (_, _) => events.Add("closed");
        Task closed = Closed(client);

        await server.SendAsync(new PublishPacket { Topic = "1" });
        await server.SendAsync(new PublishPacket { Topic = "2" });
        server.CloseConnection();

        await closed;
        CollectionAssert.AreEqual(new[] { "1", "2", "closed" }, events);
        Assert.IsFalse(client.IsConnected);
    }

    [TestMethod]
    public async Task Dispose_raises_ConnectionClosed()
    {
        using var server = new ScriptedServer();
        MqttClient client = Client(server);
        await ConnectAsync(client, server);
        Task closed = Closed(client);
        client.Dispose();
        await closed;
        await server.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task Dispose_inside_a_handler_ends_the_client()
    {
        using var server = new ScriptedServer();
        MqttClient client = Client(server);
        await ConnectAsync(client, server);
        Task closed = Closed(client);
        client.MqttMsgPublishReceived += (_, _) => client.Dispose();
        await server.SendAsync(new PublishPacket { Topic = "a" });
        await closed;
        await server.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task Close_ends_the_connection_and_raises_nothing()
    {
        using var server = new ScriptedServer();
        MqttClient client = Client(server);
        await ConnectAsync(client, server);
        bool raised = false;
        client.ConnectionClosed += (_, _) => raised = true;
        client.Close();
        await server.ExpectCloseAsync();
        Assert.IsFalse(client.IsConnected);
        client.Dispose();
        Assert.IsFalse(raised);
    }

    [TestMethod]
    public async Task Disconnect_says_goodbye_and_raises_ConnectionClosed()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        Task closed = Closed(client);
        client.Disconnect();
        await server.ReceiveAsync<DisconnectPacket>();
        await server.ExpectCloseAsync();
        await closed;
    }

    [TestMethod]
    public async Task A_message_is_sent_three_times_before_it_counts_as_not_published()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        var published = new TaskCompletionSource<MqttMsgPublishedEventArgs>();
        client.MqttMsgPublished += (_, e) => published.SetResult(e);

        ushort id = client.Publish("a", [1], null, null, MqttQoSLevel.AtLeastOnce, false);

        foreach (bool repeated in new[] { false, true, true })
        {
            PublishPacket packet = await server.ReceiveAsync<PublishPacket>();
            Assert.AreEqual(id, packet.PacketId);
            Assert.AreEqual(repeated, packet.Duplicate);
        }

        MqttMsgPublishedEventArgs given = await published.Task.WaitAsync(ScriptedServer.Patience);
        Assert.AreEqual(id, given.MessageId);
        Assert.IsFalse(given.IsPublished);
    }

    [TestMethod]
    public async Task A_late_acknowledgement_counts_once()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        var published = new List<(ushort Id, bool IsPublished)>();
        client.MqttMsgPublished += (_, e) => published.Add((e.MessageId, e.IsPublished));
        Task closed = Closed(client);

        ushort first = client.Publish("a", [1], null, null, MqttQoSLevel.AtLeastOnce, true);
        await server.ReceiveAsync<PublishPacket>();
        Assert.IsTrue((await server.ReceiveAsync<PublishPacket>()).Duplicate);
        await server.SendAsync(new PubackPacket { PacketId = first });
        await server.SendAsync(new PubackPacket { PacketId = first });
        server.CloseConnection();

        await closed;
        CollectionAssert.AreEqual(new[] { (first, true) }, published);
    }

    [TestMethod]
    public async Task QoS_2_goes_out_in_its_four_steps()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        var published = new TaskCompletionSource<MqttMsgPublishedEventArgs>();
        client.MqttMsgPublished += (_, e) => published.SetResult(e);

        ushort id = client.Publish("a", [1], null, null, MqttQoSLevel.ExactlyOnce, false);
        await server.ReceiveAsync<PublishPacket>();
        await server.SendAsync(new PubrecPacket { PacketId = id });
        Assert.AreEqual(id, (await server.ReceiveAsync<PubrelPacket>()).PacketId);
        Assert.IsFalse(published.Task.IsCompleted);
        await server.SendAsync(new PubcompPacket { PacketId = id });
        Assert.IsTrue((await published.Task.WaitAsync(ScriptedServer.Patience)).IsPublished);
    }

    [TestMethod]
    public async Task QoS_2_comes_in_once_however_often_it_is_repeated()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        var topics = new List<string>();
        client.MqttMsgPublishReceived += (_, message) => topics.Add(message.Topic);
        Task closed = Closed(client);

        foreach (bool repeated in new[] { false, true })
        {
            await server.SendAsync(new PublishPacket
            {
                Topic = "once",
                QualityOfService = MqttQualityOfService.ExactlyOnce,
                PacketId = 5,
                Duplicate = repeated,
            });
            Assert.AreEqual(5, (await server.ReceiveAsync<PubrecPacket>()).PacketId);
        }

        await server.SendAsync(new PubrelPacket { PacketId = 5 });
        Assert.AreEqual(5, (await server.ReceiveAsync<PubcompPacket>()).PacketId);
        server.CloseConnection();
        await closed;
        CollectionAssert.AreEqual(new[] { "once" }, topics);
    }

    [TestMethod]
    public async Task Subscriptions_are_answered_by_events()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        var subscribed = new TaskCompletionSource<MqttMsgSubscribedEventArgs>();
        var unsubscribed = new TaskCompletionSource<MqttMsgUnsubscribedEventArgs>();
        client.MqttMsgSubscribed += (_, e) => subscribed.SetResult(e);
        client.MqttMsgUnsubscribed += (_, e) => unsubscribed.SetResult(e);

        ushort first = client.Subscribe(["a/#", "b"], [MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtMostOnce]);
        SubscribePacket subscribe = await server.ReceiveAsync<SubscribePacket>();
        Assert.AreEqual(first, subscribe.PacketId);
        Assert.AreEqual(new MqttSubscription("a/#", MqttQualityOfService.AtLeastOnce), subscribe.Subscriptions[0]);
        await server.SendAsync(new SubackPacket
        {
            PacketId = first,
            ReturnCodes = [MqttSubscribeReturnCode.GrantedAtLeastOnce, MqttSubscribeReturnCode.Failure],
        });
        MqttMsgSubscribedEventArgs granted = await subscribed.Task.WaitAsync(ScriptedServer.Patience);
        CollectionAssert.AreEqual(new[] { MqttQoSLevel.AtLeastOnce, MqttQoSLevel.GrantedFailure }, granted.GrantedQoSLevels);

        ushort second = client.Unsubscribe(["b"]);
        Assert.AreEqual("b", (await server.ReceiveAsync<UnsubscribePacket>()).Filters.Single());
        await server.SendAsync(new UnsubackPacket { PacketId = second });
        Assert.AreEqual(second, (await unsubscribed.Task.WaitAsync(ScriptedServer.Patience)).MessageId);
    }

    [TestMethod]
    public void Lists_that_do_not_match_are_refused()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        Assert.AreEqual(MqttClientErrorCode.TopicsEmpty, Assert.ThrowsExactly<MqttClientException>(() => client.Subscribe([], [])).ErrorCode);
        Assert.AreEqual(MqttClientErrorCode.QosLevelsEmpty, Assert.ThrowsExactly<MqttClientException>(() => client.Subscribe(["a"], [])).ErrorCode);
        Assert.AreEqual(
            MqttClientErrorCode.TopicsQosLevelsNotMatch,
            Assert.ThrowsExactly<MqttClientException>(() => client.Subscribe(["a", "b"], [MqttQoSLevel.AtMostOnce])).ErrorCode);
        Assert.AreEqual(MqttClientErrorCode.TopicsEmpty, Assert.ThrowsExactly<MqttClientException>(() => client.Unsubscribe([])).ErrorCode);
    }

    [TestMethod]
    public async Task An_idle_client_pings_and_closes_when_nothing_comes_back()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server, keepAlive: 2);
        Task closed = Closed(client);

        await server.ReceiveAsync<PingreqPacket>();
        await server.SendAsync(new PingrespPacket());
        await server.ReceiveAsync<PingreqPacket>();

        await server.ExpectCloseAsync();
        await closed;
    }

    [TestMethod]
    public async Task What_is_published_before_Connect_is_sent_after_it()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        client.Publish("early", []);
        await ConnectAsync(client, server);
        Assert.AreEqual("early", (await server.ReceiveAsync<PublishPacket>()).Topic);
    }

    [TestMethod]
    public async Task A_client_connects_again_after_its_connection_ended()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        Task closed = Closed(client);
        server.CloseConnection();
        await closed;

        await ConnectAsync(client, server);
        Assert.IsTrue(client.IsConnected);
        client.Publish("again", []);
        Assert.AreEqual("again", (await server.ReceiveAsync<PublishPacket>()).Topic);
    }

    [TestMethod]
    public async Task A_forbidden_topic_ends_the_connection_silently()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        Task closed = Closed(client);
        client.Publish("a/#", []);
        await closed;
        await server.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_server_that_breaks_the_protocol_is_left()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        await ConnectAsync(client, server);
        Task closed = Closed(client);
        await server.SendAsync(new PingreqPacket());
        await closed;
        await server.ExpectCloseAsync();
    }

    [TestMethod]
    public void A_full_queue_takes_no_more()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        client.Settings.InflightQueueSize = 1;
        try
        {
            client.Publish("a", []);
            Assert.AreEqual(
                MqttClientErrorCode.InflightQueueFull, Assert.ThrowsExactly<MqttClientException>(() => client.Publish("b", [])).ErrorCode);
        }
        finally
        {
            client.Settings.InflightQueueSize = MqttSettings.DefaultInflightQueueSize;
        }
    }

    [TestMethod]
    public void What_belongs_to_MQTT_5_is_not_supported()
    {
        using var server = new ScriptedServer();
        using MqttClient client = Client(server);
        Assert.ThrowsExactly<NotSupportedException>(() => client.Publish("a", [], "text/plain"));
        client.ProtocolVersion = MqttProtocolVersion.Version_5;
        Assert.ThrowsExactly<NotSupportedException>(() => client.Connect("id"));
    }

    [TestMethod]
    public void Verification_cannot_be_turned_off()
    {
        Assert.IsTrue(MqttSettings.Instance.ValidateServerCertificate);
        Assert.ThrowsExactly<NotSupportedException>(() => MqttSettings.Instance.ValidateServerCertificate = false);
        Assert.IsTrue(MqttSettings.Instance.ValidateServerCertificate);
    }

    private static MqttClient Client(ScriptedServer server) => new("host", server.Port, false, null, null, MqttSslProtocols.None);

    private static async Task ConnectAsync(MqttClient client, ScriptedServer server, ushort keepAlive = 60)
    {
        Task<MqttReasonCode> connecting = Task.Run(() => client.Connect("id", null, null, true, keepAlive));
        await server.AcceptAsync();
        Assert.AreEqual(MqttReasonCode.Success, await connecting);
    }

    private static Task Closed(MqttClient client)
    {
        var closed = new TaskCompletionSource();
        client.ConnectionClosed += (_, _) => closed.TrySetResult();
        return closed.Task.WaitAsync(ScriptedServer.Patience);
    }
}
