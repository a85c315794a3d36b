using System.IO.Pipelines;
using System.Text;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Mqtt;

/// <summary>What no device may have without end: silence, a packet's time, subscriptions.</summary>
[TestClass]
public sealed class BoundTests
{
    private static readonly byte[] BeginningOfConnect = [0x10, 0x40, 0, 4];

    [TestMethod]
    public async Task A_CONNECT_that_comes_byte_by_byte_has_thirty_seconds_in_all()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using Cloud cloud = await Cloud.StartAsync(clock: clock);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        await device.SendBytesAsync(BeginningOfConnect);
        clock.Advance(TimeSpan.FromSeconds(29));
        await device.SendBytesAsync((byte)'M');
        clock.Advance(TimeSpan.FromSeconds(1));

        await device.ExpectCloseAsync();
        StringAssert.Contains(cloud.Log, "nothing came for too long");
    }

    [TestMethod]
    public async Task A_packet_has_to_be_whole_within_one_and_a_half_keep_alives()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id, clock);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id, keepAlive: 100);
        await device.SendBytesAsync(0x30, 0x40, 0);
        clock.Advance(TimeSpan.FromSeconds(149));
        await device.SendBytesAsync(0x20);
        clock.Advance(TimeSpan.FromSeconds(1));

        await device.ExpectCloseAsync();
        StringAssert.Contains(cloud.Log, "nothing came for too long");
    }

    [TestMethod]
    public async Task Of_a_thousand_subscriptions_those_that_the_hub_knows_are_granted_and_work()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);

        MqttSubscription[] wanted =
            [.. Enumerable.Range(0, 999).Select(i => new MqttSubscription($"{MessagesFilter[..^1]}{i}/#", 0)), new(TwinAnswersFilter, 0)];
        await device.SendAsync(new SubscribePacket { PacketId = 1, Subscriptions = wanted });

        IReadOnlyList<MqttSubscribeReturnCode> codes = (await device.ReceiveAsync<SubackPacket>()).ReturnCodes;
        Assert.AreEqual(999, codes.Count(code => code == MqttSubscribeReturnCode.Failure));
        Assert.AreEqual(MqttSubscribeReturnCode.GrantedAtMostOnce, codes[^1]);
        await device.PublishAsync("$iothub/twin/GET/?$rid=1", "", MqttQualityOfService.AtMostOnce);
        Assert.AreEqual("$iothub/twin/res/200/?$rid=1", (await device.ReceiveAsync<PublishPacket>()).Topic);
    }

    [TestMethod]
    public async Task Connections_without_CONNECT_are_bounded_and_make_room_when_one_connects_or_ends()
    {
        var lines = new StringBuilder();
        var limit = new ConnectLimit(2, new EventLog(line => lines.AppendLine(line), new ChangeFeed(), TimeProvider.System));
        (ConnectionContext first, TaskCompletionSource firstEnds, Task firstTask) = Open(limit);
        (_, TaskCompletionSource secondEnds, Task secondTask) = Open(limit);

        Assert.IsTrue(IsClosed(limit) && IsClosed(limit), "two wait");
        Assert.AreEqual(1, lines.ToString().Split("2 others have sent no CONNECT").Length - 1, "it is said once");
        first.Features.Get<ConnectLimit.Waiting>()!.Dispose();
        Assert.IsFalse(IsClosed(limit), "the first has connected");
        firstEnds.SetResult();
        await firstTask;
        secondEnds.SetResult();
        await secondTask;
        Open(limit);
        Assert.IsFalse(IsClosed(limit), "an end counts once");
        Open(limit);
        Assert.IsTrue(IsClosed(limit), "two wait again");
    }

    [TestMethod]
    public async Task A_device_counts_until_its_CONNECT_is_here()
    {
        var log = new EventLog(null, new ChangeFeed(), TimeProvider.System);
        var limit = new ConnectLimit(1, log);
        var service = new SlowService();
        using var watch = new MqttWatch(TimeProvider.System);
        var endpoint = new MqttEndpoint([service], new MqttSessions(), watch, log, TimeProvider.System);
        var fromDevice = new Pipe();
        var connection = new DefaultConnectionContext { Transport = new Transport(fromDevice.Reader, new Pipe().Writer) };
        Task served = limit.InvokeAsync(connection, () => endpoint.OnConnectedAsync(connection));
        Assert.IsTrue(IsClosed(limit), "its CONNECT is still to come");

        MqttPacketWriter.Write(fromDevice.Writer, new ConnectPacket { ClientId = Id });
        await fromDevice.Writer.FlushAsync();
        await service.Asked.Task;
        Assert.IsFalse(IsClosed(limit), "its CONNECT is here");
        service.Answer.SetResult(null);
        await served;
        Assert.IsFalse(IsClosed(limit), "it counts once");
        Open(limit);
        Assert.IsTrue(IsClosed(limit), "it counts once");
    }

    private static (ConnectionContext Connection, TaskCompletionSource Ends, Task Task) Open(ConnectLimit limit)
    {
        var ends = new TaskCompletionSource();
        var connection = new DefaultConnectionContext();
        return (connection, ends, limit.InvokeAsync(connection, () => ends.Task));
    }

    /// <summary>Opens a connection that ends at once; whether it was closed instead of served.</summary>
    private static bool IsClosed(ConnectLimit limit)
    {
        bool served = false;
        _ = limit.InvokeAsync(new DefaultConnectionContext(), () =>
        {
            served = true;
            return Task.CompletedTask;
        });
        return !served;
    }

    private sealed class SlowService : IMqttService
    {
        internal TaskCompletionSource Asked { get; } = new();

        internal TaskCompletionSource<ConnectResult?> Answer { get; } = new();

        public async ValueTask<ConnectResult?> ConnectAsync(ConnectPacket connect, DeviceProof proof, MqttPeer peer)
        {
            Asked.SetResult();
            return await Answer.Task;
        }
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
