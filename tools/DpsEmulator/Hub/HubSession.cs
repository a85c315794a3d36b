using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device's connection to the hub: telemetry, messages to the device, its twin, direct methods.</summary>
internal sealed class HubSession(
    DeviceAddress device,
    MqttWill? will,
    MqttPeer peer,
    DeviceStore devices,
    TelemetryStore telemetry,
    CloudMessageStore messages,
    TwinStore twins,
    DeviceConnections connections,
    EventLog log,
    TimeProvider clock) : IMqttSession, IDeviceConnection
{
    /// <summary>The longest message, bytes of its payload and its properties' names and values.</summary>
    private const int MaximumMessage = 256 * 1024;

    /// <summary>How long an older connection may take to end by itself: the device's DISCONNECT may still be on its way here.</summary>
    private static readonly TimeSpan SupersedeGrace = TimeSpan.FromSeconds(1);

    private readonly HubTopics _topics = new(device.DeviceId);
    private readonly TwinRequests _twin = new(device, twins, peer, clock);
    private readonly MethodCalls _methods = new(peer);
    private readonly MessageDelivery _delivery = new(device, messages, peer, log, clock);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _delivering = Task.CompletedTask;

    public string Name => $"Hub: {device.DeviceId}";

    public DeviceAddress Device => device;

    public DateTimeOffset ConnectedSince { get; } = clock.GetUtcNow();

    public bool CanSubscribe(string filter) => _topics.IsFilter(filter);

    public void Subscribed(string filter)
    {
        if (filter == _topics.Messages)
        {
            _delivery.Request();
        }
        else if (filter == HubTopics.MethodCalls)
        {
            connections.Notify(this);
        }
    }

    public async ValueTask ReceiveAsync(PublishPacket message)
    {
        switch (_topics.Parse(message.Topic))
        {
            case HubTopic.Telemetry(var properties):
                Store(properties, message.Retain, message.Payload);
                break;
            case HubTopic.GetTwin(var requestId):
                await _twin.GetAsync(requestId);
                break;
            case HubTopic.ReportProperties(var requestId):
                await _twin.ReportAsync(requestId, message.Payload);
                break;
            case HubTopic.MethodAnswer(var requestId, var status):
                _methods.Complete(requestId, new MethodResult(status, message.Payload.ToArray()));
                break;
            default:
                break;
        }
    }

    /// <summary>The device is connected: messages to it are delivered from now on.</summary>
    internal void Start()
    {
        devices.SetConnected(device, true, ConnectedSince);
        _delivering = _delivery.RunAsync();
    }

    public async ValueTask CloseAsync(bool orderly)
    {
        try
        {
            await _delivering;
            if (!orderly && will is not null && _topics.TryParseTelemetry(will.Topic, out HubTopic.Telemetry? topic))
            {
                topic.Properties["iothub-MessageType"] = "Will";
                Store(topic.Properties, will.Retain, will.Message);
            }
        }
        finally
        {
            try
            {
                devices.SetConnected(device, false, clock.GetUtcNow());
            }
            finally
            {
                connections.Remove(this);
                _closed.SetResult();
            }
        }
    }

    public void Abort(string reason) => peer.Abort(reason);

    public Task SupersedeAsync()
    {
        peer.AbortAfter(SupersedeGrace, "the device has connected again");
        return _closed.Task;
    }

    public void Deliver() => _delivery.Request();

    public Task NotifyDesiredAsync(JsonObject patch, long version, CancellationToken cancellationToken) =>
        _twin.NotifyDesiredAsync(patch, version, cancellationToken);

    public Task<MethodResult?> InvokeMethodAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        _methods.InvokeAsync(name, payload, cancellationToken);

    private void Store(Dictionary<string, string> properties, bool retain, ReadOnlyMemory<byte> payload)
    {
        int size = payload.Length + properties.Sum(
            property => Encoding.UTF8.GetByteCount(property.Key) + Encoding.UTF8.GetByteCount(property.Value));
        if (size > MaximumMessage)
        {
            throw new MqttProtocolException($"Its message has {size} bytes with its properties, {MaximumMessage} are allowed.");
        }

        if (retain)
        {
            properties["mqtt-retain"] = "true";
        }

        if (telemetry.Add(device, properties, payload) is { } sequence)
        {
            log.Write($"Hub: {device.DeviceId} sent message {sequence}, {payload.Length} bytes");
        }
    }
}
