using System.Net.Sockets;
using System.Text;
using DevKit.Mqtt;
using DevKit.Support.Servers;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>How the client connects, and what it says when it cannot.</summary>
[TestClass]
public sealed class ConnectTests
{
    [TestMethod]
    public void The_constructor_throws_when_the_name_is_unknown()
    {
        new LocalNetwork().Install();
        SocketException error = Assert.ThrowsExactly<SocketException>(() => new MqttClient("unknown.example"));
        Assert.AreEqual(SocketError.HostNotFound, error.SocketErrorCode);
    }

    [TestMethod]
    public void The_constructor_opens_no_connection()
    {
        using var rig = new ClientRig();
        Assert.IsEmpty(rig.Network.Connections);
    }

    [TestMethod]
    public void That_nobody_listens_is_found_by_Connect()
    {
        using var rig = new ClientRig();
        rig.Server.Dispose();
        MqttConnectionException error = Assert.ThrowsExactly<MqttConnectionException>(() => rig.Client.Connect("id"));
        Assert.AreEqual("Socket exception connecting to the broker: 10061", error.Message);
        Assert.IsInstanceOfType<SocketException>(error.InnerException);
    }

    [TestMethod]
    public async Task CONNECT_says_what_the_program_asked_for()
    {
        using var rig = new ClientRig();
        Task<MqttReasonCode> connecting = Task.Run(() =>
            rig.Client.Connect("id", "user", "secret", true, MqttQoSLevel.AtLeastOnce, true, "will/topic", "bye", false, 120));
        ConnectPacket connect = await rig.Server.AcceptAsync();

        Assert.AreEqual(MqttReasonCode.Success, await connecting);
        Assert.AreEqual("id", connect.ClientId);
        Assert.AreEqual("user", connect.UserName);
        Assert.AreEqual("secret", Encoding.UTF8.GetString(connect.Password!.Value.Span));
        Assert.AreEqual(120, connect.KeepAliveSeconds);
        Assert.IsFalse(connect.CleanSession);
        Assert.AreEqual("will/topic", connect.Will?.Topic);
        Assert.AreEqual("bye", Encoding.UTF8.GetString(connect.Will!.Message.Span));
        Assert.AreEqual(MqttQualityOfService.AtLeastOnce, connect.Will.QualityOfService);
        Assert.IsTrue(connect.Will.Retain);
        Assert.IsTrue(rig.Client.IsConnected);
        Assert.AreEqual("id", rig.Client.ClientId);
        Assert.AreEqual("will/topic", rig.Client.WillTopic);
    }

    [TestMethod]
    public async Task Without_user_name_and_password_CONNECT_has_none()
    {
        using var rig = new ClientRig();
        Task<MqttReasonCode> connecting = Task.Run(() => rig.Client.Connect("id", "", null));
        ConnectPacket connect = await rig.Server.AcceptAsync();
        await connecting;

        Assert.IsNull(connect.UserName);
        Assert.IsNull(connect.Password);
        Assert.IsNull(connect.Will);
        Assert.AreEqual(60, connect.KeepAliveSeconds);
        Assert.IsTrue(connect.CleanSession);
    }

    [TestMethod]
    [DataRow(true, null, "bye")]
    [DataRow(true, "will/topic", "")]
    [DataRow(false, null, null)]
    public void A_will_that_is_none_is_found_when_the_connection_is_open(bool hasWill, string? topic, string? message)
    {
        using var rig = new ClientRig();
        MqttClientException error = Assert.ThrowsExactly<MqttClientException>(
            () => rig.Client.Connect("id", null, null, true, MqttQoSLevel.AtMostOnce, hasWill, topic, message, true, 60));
        Assert.AreEqual(MqttClientErrorCode.WillWrong, error.ErrorCode);
        Assert.HasCount(1, rig.Network.Connections);
    }

    [TestMethod]
    [DataRow(1, MqttReasonCode.ConnectionRefusedUnacceptableProtocolVersion)]
    [DataRow(2, MqttReasonCode.ConnectionRefusedIdentifierRejected)]
    [DataRow(3, MqttReasonCode.ConnectionRefusedServerUnavailable)]
    [DataRow(4, MqttReasonCode.ConnectionRefusedBadUserNameOrPassword)]
    [DataRow(5, MqttReasonCode.ConnectionRefusedNotAuthorized)]
    [DataRow(0x77, (MqttReasonCode)0x77)]
    public async Task A_refusal_is_returned_and_leaves_the_client_unconnected(int code, MqttReasonCode expected)
    {
        using var rig = new ClientRig();
        Task<MqttReasonCode> connecting = rig.ConnectingAsync();
        await rig.Server.AcceptConnectAsync();
        await rig.Server.SendBytesAsync("200200" + code.ToString("X2"));
        Assert.AreEqual(expected, await connecting);
        Assert.IsFalse(rig.Client.IsConnected);
    }

    [TestMethod]
    [DataRow(MqttConnectReturnCode.Accepted)]
    [DataRow(MqttConnectReturnCode.NotAuthorized)]
    public async Task ConnectionOpened_carries_the_answer_before_Connect_returns(MqttConnectReturnCode answer)
    {
        using var rig = new ClientRig();
        using var held = new ManualResetEventSlim();
        var opened = new TaskCompletionSource<MqttReasonCode>();
        rig.Client.ConnectionOpened += (_, e) =>
        {
            opened.SetResult(e.Message.ReturnCode);
            held.Wait(ScriptedServer.Patience);
        };
        Task<MqttReasonCode> connecting = rig.ConnectingAsync();
        await rig.Server.AcceptAsync(answer);

        Assert.AreEqual((MqttReasonCode)answer, await opened.Task.WaitAsync(ScriptedServer.Patience));
        Assert.IsFalse(connecting.IsCompleted);
        held.Set();
        Assert.AreEqual((MqttReasonCode)answer, await connecting);
    }

    [TestMethod]
    public async Task A_close_behind_a_refusal_that_is_seen_late_leaves_the_code()
    {
        using var rig = new ClientRig();
        rig.Network.Opened = connection => connection.End.Reset();
        Task<MqttReasonCode> connecting = rig.ConnectingAsync();
        await rig.Server.AcceptAsync(MqttConnectReturnCode.NotAuthorized);
        rig.Server.CloseConnection();
        Assert.AreEqual(MqttReasonCode.ConnectionRefusedNotAuthorized, await connecting);
    }

    [TestMethod]
    public async Task A_close_behind_a_refusal_that_is_seen_early_hides_the_code_but_not_from_ConnectionOpened()
    {
        using var rig = new ClientRig();
        rig.Network.Opened = connection => connection.Writes.Reset();
        var opened = new TaskCompletionSource<MqttReasonCode>();
        rig.Client.ConnectionOpened += (_, e) => opened.SetResult(e.Message.ReturnCode);
        Task<MqttReasonCode> connecting = rig.ConnectingAsync();
        await rig.Server.AcceptAsync(MqttConnectReturnCode.NotAuthorized);
        rig.Server.CloseConnection();

        // Who sends CONNECT is held up until the receiving thread has seen the close.
        await rig.Connection.EndSeen;
        rig.Connection.Writes.Set();
        await Assert.ThrowsExactlyAsync<MqttCommunicationException>(() => connecting);
        Assert.AreEqual(MqttReasonCode.ConnectionRefusedNotAuthorized, await opened.Task);
    }

    [TestMethod]
    public async Task A_server_that_closes_instead_of_answering_is_a_communication_error()
    {
        using var rig = new ClientRig();
        Task<MqttReasonCode> connecting = rig.ConnectingAsync();
        await rig.Server.AcceptConnectAsync();
        rig.Server.CloseConnection();
        await Assert.ThrowsExactlyAsync<MqttCommunicationException>(() => connecting);
    }

    [TestMethod]
    public async Task A_client_connects_again_after_its_connection_ended()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Server.CloseConnection();
        await rig.Closed;

        // The error that the last connection ended with hides the answer, until the receiving thread has done with CONNACK: at a second.
        rig.Network.Opened = connection => connection.Writes.Reset();
        using var opened = new CountdownEvent(2);
        rig.Client.ConnectionOpened += (_, _) => opened.Signal();
        Task<MqttReasonCode> connecting = rig.ConnectingAsync();
        await rig.Server.AcceptAsync();
        await rig.Server.SendAsync(new ConnackPacket());
        Assert.IsTrue(opened.Wait(ScriptedServer.Patience));
        rig.Connection.Writes.Set();
        Assert.AreEqual(MqttReasonCode.Success, await connecting);
        Assert.IsTrue(rig.Client.IsConnected);
    }
}
