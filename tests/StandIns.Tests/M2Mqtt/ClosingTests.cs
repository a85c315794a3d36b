using DevKit.Mqtt;
using DevKit.Support.Servers;
using nanoFramework.M2Mqtt.Messages;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>How a connection ends: by the server, by the program, by both at once.</summary>
[TestClass]
public sealed class ClosingTests
{
    [TestMethod]
    public async Task A_server_that_closes_raises_ConnectionClosed()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        var received = new TaskCompletionSource<string>();
        rig.Client.MqttMsgPublishReceived += (_, message) => received.SetResult(message.Topic);

        // A message that is not raised before the close is seen may be lost.
        await rig.Server.SendAsync(new PublishPacket { Topic = "last" });
        Assert.AreEqual("last", await received.Task.WaitAsync(ScriptedServer.Patience));
        Assert.IsFalse(rig.IsClosedRaised);
        rig.Server.CloseConnection();
        await rig.Closed;
        Assert.IsFalse(rig.Client.IsConnected);
    }

    [TestMethod]
    public async Task IsConnected_falls_when_closing_begins()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Connection.Closing.Reset();
        Assert.IsTrue(rig.Client.IsConnected);
        rig.Server.CloseConnection();

        await rig.Connection.ClosingBegun;
        Assert.IsFalse(rig.Client.IsConnected);
        Assert.IsFalse(rig.IsClosedRaised);
        rig.Connection.Closing.Set();
        await rig.Closed;
    }

    [TestMethod]
    public async Task Disconnect_says_goodbye_and_returns_before_ConnectionClosed()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Connection.Closing.Reset();
        rig.Client.Disconnect();
        Assert.IsFalse(rig.Client.IsConnected);
        Assert.IsFalse(rig.IsClosedRaised);

        await rig.Server.ReceiveAsync<DisconnectPacket>();
        rig.Connection.Closing.Set();
        await rig.Closed;
        await rig.Server.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task Dispose_while_the_connection_is_being_closed_returns_with_it_open()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Connection.Closing.Reset();
        rig.Client.Disconnect();
        await rig.Server.ReceiveAsync<DisconnectPacket>();
        await rig.Connection.ClosingBegun;

        await Task.Run(rig.Client.Dispose).WaitAsync(ScriptedServer.Patience);
        Assert.IsFalse(rig.IsClosedRaised);
        rig.Connection.Closing.Set();
        await rig.Closed;
        await rig.Server.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task Dispose_closes()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Client.Dispose();
        await rig.Server.ExpectCloseAsync();
        Assert.IsFalse(rig.Client.IsConnected);
    }

    [TestMethod]
    public async Task Dispose_inside_a_handler_raises_ConnectionClosed_behind_it()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        bool isEarly = false;
        rig.Client.MqttMsgPublishReceived += (_, _) =>
        {
            rig.Client.Dispose();
            isEarly = rig.IsClosedRaised;
        };
        await rig.Server.SendAsync(new PublishPacket { Topic = "a" });
        await rig.Closed;
        await rig.Server.ExpectCloseAsync();
        Assert.IsFalse(isEarly);
    }

    [TestMethod]
    public async Task Close_ends_the_connection_and_raises_nothing()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Client.Close();
        await rig.Server.ExpectCloseAsync();
        Assert.IsFalse(rig.Client.IsConnected);
        rig.Client.Dispose();
        Assert.IsFalse(rig.IsClosedRaised);
    }

    [TestMethod]
    public async Task Close_does_not_wait_for_ever_for_a_thread_that_sends()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Connection.Writes.Reset();
        rig.Publish("a");
        await rig.Connection.Writing;

        await Task.Run(rig.Client.Close).WaitAsync(ScriptedServer.Patience);
        Assert.IsTrue(rig.Connection.ClosingBegun.IsCompleted);
        Assert.IsFalse(rig.Connection.Writes.IsSet);
        rig.Connection.Writes.Set();
    }

    [TestMethod]
    public async Task After_a_refusal_nobody_says_that_the_server_closed()
    {
        using var rig = new ClientRig();
        Task<MqttReasonCode> connecting = rig.ConnectingAsync();
        await rig.Server.AcceptAsync(MqttConnectReturnCode.NotAuthorized);
        await connecting;
        rig.Server.CloseConnection();
        await rig.Connection.EndSeen;
        rig.Client.Dispose();
        Assert.IsFalse(rig.IsClosedRaised);
        Assert.IsTrue(rig.Connection.ClosingBegun.IsCompleted);
    }

    [TestMethod]
    public async Task An_exception_in_a_handler_closes_the_connection_silently()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        rig.Client.MqttMsgPublishReceived += (_, _) => throw new InvalidOperationException("a fault of the program's");
        await rig.Server.SendAsync(new PublishPacket { Topic = "a" });
        await rig.Closed;
        await rig.Server.ExpectCloseAsync();
        Assert.IsFalse(rig.Client.IsConnected);
    }
}
