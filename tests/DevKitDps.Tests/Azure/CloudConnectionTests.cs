using DevKit.Azure;
using DevKit.Azure.Time;
using DevKit.Dps.Tests.Support;
using DevKit.Dps.Time;
using DevKit.Mqtt;
using static DevKit.Dps.Tests.Support.ScriptedCloud;

namespace DevKit.Dps.Tests.Azure;

/// <summary>
/// What a connection makes of a service's answers, and of a service that says nothing more. The reason shows whether it was told or
/// waited for: what is only waited for ends in a reason of its own.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class CloudConnectionTests : IDisposable
{
    /// <summary>Who is not told, waits so long in vain.</summary>
    private const int LongWait = 120_000;

    private readonly ScriptedCloud _cloud = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _cloud.Dispose();

    [TestMethod]
    public async Task A_refusal_is_told_by_its_code_when_the_server_closes_right_behind_it()
    {
        // Which comes first at the waiting thread, answer or end, differs from time to time.
        for (int i = 0; i < 20; i++)
        {
            CloudException failure = await AssertFailsAsync(
                CloudReason.ConnectRefused, _cloud.OpenAsync(MqttConnectReturnCode.NotAuthorized, thenClose: true));
            Assert.AreEqual(5, failure.Code);
            Assert.AreEqual(Host, failure.Host);
            Assert.AreEqual(Id, failure.Id);
            Assert.IsTrue(failure.IsFinal);
        }
    }

    [TestMethod]
    [DataRow(MqttConnectReturnCode.UnacceptableProtocolVersion, CloudReason.ServerUnavailable)]
    [DataRow(MqttConnectReturnCode.IdentifierRejected, CloudReason.ConnectRefused)]
    [DataRow(MqttConnectReturnCode.ServerUnavailable, CloudReason.ServerUnavailable)]
    [DataRow(MqttConnectReturnCode.BadUserNameOrPassword, CloudReason.ConnectRefused)]
    public async Task A_refusal_has_the_reason_of_its_code(MqttConnectReturnCode code, CloudReason reason)
    {
        CloudException failure = await AssertFailsAsync(reason, _cloud.OpenAsync(code));
        Assert.AreEqual((int)code, failure.Code);
        Assert.IsTrue(_cloud.Connection!.IsClosed);
    }

    [TestMethod]
    public async Task A_server_that_accepts_and_closes_is_lost_and_not_out_of_reach()
    {
        CloudException failure = await AssertFailsAsync(CloudReason.ConnectionLost, ConnectAndReceiveAsync());
        Assert.AreEqual(CloudService.DeviceProvisioning, failure.Service);
        Assert.IsFalse(failure.IsFinal);

        async Task ConnectAndReceiveAsync()
        {
            using CloudConnection connection = await _cloud.OpenAsync(thenClose: true);
            connection.Receive(LongWait);
        }
    }

    [TestMethod]
    public async Task A_server_that_closes_instead_of_answering_is_out_of_reach()
    {
        Task opening = Task.Run(() => CloudConnection.Open(CloudService.IotHub, Host, Id, "name", Key, new BoardClock()));
        await _cloud.Server.AcceptConnectAsync();
        _cloud.Server.CloseConnection();
        CloudException failure = await AssertFailsAsync(CloudReason.ConnectFailed, opening);
        Assert.IsNotNull(failure.InnerException);
    }

    [TestMethod]
    public async Task A_subscription_that_is_granted_is_one()
    {
        using CloudConnection connection = await _cloud.OpenAsync();
        Task subscribing = Task.Run(() => connection.Subscribe(["filter/#"]));
        await _cloud.GrantAsync();
        await subscribing;
    }

    [TestMethod]
    public async Task A_subscription_that_is_refused_is_none()
    {
        using CloudConnection connection = await _cloud.OpenAsync();
        Task subscribing = Task.Run(() => connection.Subscribe(["filter/#"]));
        SubscribePacket asked = await _cloud.Server.ReceiveAsync<SubscribePacket>();
        await _cloud.Server.SendAsync(new SubackPacket { PacketId = asked.PacketId, ReturnCodes = [MqttSubscribeReturnCode.Failure] });
        await AssertFailsAsync(CloudReason.SubscriptionRefused, subscribing);
    }

    [TestMethod]
    public async Task A_message_that_the_client_gives_up_is_told()
    {
        using CloudConnection connection = await _cloud.OpenAsync();
        await AssertFailsAsync(CloudReason.MessageNotAcknowledged, Task.Run(() => connection.Publish("topic", "unheard")));
    }

    [TestMethod]
    public async Task A_connection_that_closes_is_told_to_one_that_waits_for_a_subscription()
    {
        using CloudConnection connection = await _cloud.OpenAsync();
        Task subscribing = Task.Run(() => connection.Subscribe(["filter/#"]));
        await _cloud.Server.ReceiveAsync<SubscribePacket>();
        _cloud.Server.CloseConnection();
        await AssertFailsAsync(CloudReason.ConnectionLost, subscribing);
    }

    [TestMethod]
    public async Task A_connection_that_closes_is_told_to_one_that_waits_for_an_acknowledgement()
    {
        using CloudConnection connection = await _cloud.OpenAsync();
        Task publishing = Task.Run(() => connection.Publish("topic", "lost"));
        await _cloud.Server.ReceiveAsync<PublishPacket>();
        _cloud.Server.CloseConnection();
        await AssertFailsAsync(CloudReason.ConnectionLost, publishing);
    }

    [TestMethod]
    public async Task A_connection_that_closes_is_told_to_one_that_waits_for_a_message()
    {
        using CloudConnection connection = await _cloud.OpenAsync();
        Task receiving = Task.Run(() => connection.Receive(LongWait));
        _cloud.Server.CloseConnection();
        await AssertFailsAsync(CloudReason.ConnectionLost, receiving);
    }

    [TestMethod]
    public async Task A_connection_that_closes_is_told_to_one_that_pauses()
    {
        using CloudConnection connection = await _cloud.OpenAsync();
        Task pausing = Task.Run(() => connection.Pause(LongWait));
        _cloud.Server.CloseConnection();
        await AssertFailsAsync(CloudReason.ConnectionLost, pausing);
    }

    [TestMethod]
    public async Task A_message_that_comes_during_a_pause_is_kept()
    {
        using CloudConnection connection = await _cloud.OpenAsync();
        await _cloud.Server.SendAsync(new PublishPacket { Topic = "topic", Payload = "kept"u8.ToArray() });
        connection.Pause(1);
        Assert.AreEqual("kept", System.Text.Encoding.UTF8.GetString(connection.Receive(LongWait).Message));
    }

    [TestMethod]
    public async Task The_socket_is_closed_when_the_connection_is_disposed()
    {
        CloudConnection connection = await _cloud.OpenAsync();
        connection.Dispose();
        Assert.IsTrue(_cloud.Connection!.IsClosed);
        await _cloud.Server.ReceiveAsync<DisconnectPacket>();
    }

    [TestMethod]
    public async Task The_socket_is_closed_when_the_connection_is_disposed_while_the_client_closes_it()
    {
        // The client takes 200 ms to close: one of the pauses ends within. None of them decides what is right.
        for (int milliseconds = 0; milliseconds <= 200; milliseconds += 50)
        {
            CloudConnection connection = await _cloud.OpenAsync();
            _cloud.Server.CloseConnection();
            await Task.Delay(milliseconds, TestContext.CancellationToken);
            connection.Dispose();
            Assert.IsTrue(_cloud.Connection!.IsClosed, $"disposed {milliseconds} ms behind the server's end");
        }
    }
}
