using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device's connection to the hub: telemetry, messages to the device, its twin, direct methods.</summary>
internal sealed class HubSession(HubInbox inbox, DeviceConnections connections, string deviceId, MqttWill? will, MqttPeer peer)
    : IMqttSession, IDeviceConnection
{
    private const string TwinAnswers = "$iothub/twin/res/#";
    private const string DesiredChanges = "$iothub/twin/PATCH/properties/desired/#";
    private const string MethodCalls = "$iothub/methods/POST/#";
    private const string TwinGetTopic = "$iothub/twin/GET/?";
    private const string TwinReportTopic = "$iothub/twin/PATCH/properties/reported/?";
    private const string MethodAnswerTopic = "$iothub/methods/res/";

    private readonly string _eventsTopic = $"devices/{deviceId}/messages/events/";
    private readonly string _messages = $"devices/{deviceId}/messages/devicebound/#";
    private readonly ConcurrentDictionary<string, TaskCompletionSource<MethodResult>> _calls = new(StringComparer.Ordinal);
    private long _delivered;
    private int _deliveriesWanted;
    private int _lastRequest;

    public string Name => $"Hub: {deviceId}";

    public string DeviceId => deviceId;

    public DateTimeOffset Since { get; } = inbox.Now;

    public void Opened() => connections.Add(this);

    public bool Allows(string filter) => filter == TwinAnswers || filter == DesiredChanges || filter == MethodCalls || filter == _messages;

    public async ValueTask SubscribedAsync(string filter, CancellationToken cancellationToken)
    {
        if (filter == _messages)
        {
            await DeliverAsync();
        }
    }

    public async ValueTask ReceiveAsync(PublishPacket message, CancellationToken cancellationToken)
    {
        string topic = message.Topic;
        if (topic + "/" == _eventsTopic || topic.StartsWith(_eventsTopic, StringComparison.Ordinal))
        {
            inbox.Receive(deviceId, EventProperties(topic, message.Retain), message.Payload);
        }
        else if (topic.StartsWith(TwinGetTopic, StringComparison.Ordinal))
        {
            await AnswerTwinAsync(200, RequestId(topic), "", Encoding.UTF8.GetBytes(WholeTwin().ToJsonString()));
        }
        else if (topic.StartsWith(TwinReportTopic, StringComparison.Ordinal))
        {
            await ReportAsync(RequestId(topic), message.Payload);
        }
        else if (topic.StartsWith(MethodAnswerTopic, StringComparison.Ordinal))
        {
            TakeMethodAnswer(topic, message.Payload);
        }
        else
        {
            throw new MqttProtocolException($"The hub knows no topic '{topic}' for this device.");
        }
    }

    public void Closed(bool orderly)
    {
        connections.Remove(this);
        foreach (TaskCompletionSource<MethodResult> call in _calls.Values)
        {
            call.TrySetCanceled();
        }

        bool isEvent = will is not null && (will.Topic + "/" == _eventsTopic || will.Topic.StartsWith(_eventsTopic, StringComparison.Ordinal));
        if (isEvent && !orderly)
        {
            Dictionary<string, string> properties = EventProperties(will!.Topic, will.Retain);
            properties["iothub-MessageType"] = "Will";
            inbox.Receive(deviceId, properties, will.Message);
        }
    }

    public void Abort() => peer.Abort();

    /// <summary>The topic of a message to a device: what is not ASCII in it is URL-encoded, so its length is its bytes'.</summary>
    internal static string MessageTopic(string deviceId, IReadOnlyDictionary<string, string> properties) =>
        $"devices/{deviceId}/messages/devicebound/{PropertyBag.ToText(properties)}";

    public async Task DeliverAsync()
    {
        // One delivers; whoever comes meanwhile makes that one look again.
        if (Interlocked.Increment(ref _deliveriesWanted) != 1)
        {
            return;
        }

        try
        {
            int wanted;
            do
            {
                wanted = Volatile.Read(ref _deliveriesWanted);
                await DeliverWaitingAsync();
            }
            while (Interlocked.CompareExchange(ref _deliveriesWanted, 0, wanted) != wanted);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The connection is gone; what was not acknowledged is delivered over the next one.
        }
    }

    public async Task AnnounceDesiredAsync(JsonObject patch, long version)
    {
        JsonObject change = patch.DeepClone().AsObject();
        change["$version"] = version;
        try
        {
            string topic = $"{DesiredChanges[..^1]}?$version={version}";
            await peer.PublishAsync(DesiredChanges, topic, Encoding.UTF8.GetBytes(change.ToJsonString()));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The connection is gone; a device reads its twin when it connects.
        }
    }

    public async Task<MethodResult?> CallAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        string requestId = Interlocked.Increment(ref _lastRequest).ToString("x", CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<MethodResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[requestId] = answer;
        try
        {
            string topic = $"{MethodCalls[..^1]}{Uri.EscapeDataString(name)}/?$rid={requestId}";
            return await peer.PublishAsync(MethodCalls, topic, payload) ? await answer.Task.WaitAsync(cancellationToken) : null;
        }
        finally
        {
            _calls.TryRemove(requestId, out _);
        }
    }

    private async Task DeliverWaitingAsync()
    {
        foreach (CloudMessage message in inbox.Messages.After(deviceId, _delivered))
        {
            try
            {
                string topic = MessageTopic(deviceId, message.Properties);
                if (!await peer.PublishAsync(_messages, topic, message.Payload, () => inbox.Messages.Remove(message.Sequence)))
                {
                    return;
                }
            }
            catch (Exception error) when (error is ArgumentException or MqttProtocolException)
            {
                inbox.Log.Write($"{Name}: message {message.Sequence} to it cannot be sent and is dropped: {error.Message}");
                inbox.Messages.Remove(message.Sequence);
            }

            _delivered = message.Sequence;
        }
    }

    private static string RequestId(string topic) =>
        PropertyBag.Parse(topic[(topic.IndexOf('?', StringComparison.Ordinal) + 1)..]).TryGetValue("$rid", out string? requestId)
            && requestId.Length > 0
            ? requestId
            : throw new MqttProtocolException($"The topic '{topic}' has no $rid.");

    private Dictionary<string, string> EventProperties(string topic, bool retain)
    {
        Dictionary<string, string> properties = topic.Length > _eventsTopic.Length ? PropertyBag.Parse(topic[_eventsTopic.Length..]) : [];
        if (retain)
        {
            properties["mqtt-retain"] = "true";
        }

        return properties;
    }

    private JsonObject WholeTwin() => new()
    {
        ["desired"] = inbox.Twins.Desired(deviceId) ?? [],
        ["reported"] = inbox.Twins.Reported(deviceId) ?? [],
    };

    private async ValueTask ReportAsync(string requestId, ReadOnlyMemory<byte> payload)
    {
        if (TwinPatch.TryParse(payload.Span, out JsonObject? patch, out string? objection))
        {
            long version = inbox.Twins.PatchReported(deviceId, patch)
                ?? throw new MqttProtocolException($"The device {deviceId} has been removed.");
            await AnswerTwinAsync(204, requestId, $"&$version={version}", default);
        }
        else
        {
            var body = new JsonObject { ["errorCode"] = 400004, ["message"] = objection };
            await AnswerTwinAsync(400, requestId, "", Encoding.UTF8.GetBytes(body.ToJsonString()));
        }
    }

    private async ValueTask AnswerTwinAsync(int status, string requestId, string more, ReadOnlyMemory<byte> body) =>
        await peer.PublishAsync(TwinAnswers, $"$iothub/twin/res/{status}/?$rid={Uri.EscapeDataString(requestId)}{more}", body);

    private void TakeMethodAnswer(string topic, ReadOnlyMemory<byte> payload)
    {
        string[] parts = topic[MethodAnswerTopic.Length..].Split('/');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out int status))
        {
            throw new MqttProtocolException($"The topic '{topic}' has no status.");
        }

        if (_calls.TryGetValue(RequestId(topic), out TaskCompletionSource<MethodResult>? call))
        {
            call.TrySetResult(new MethodResult(status, payload.ToArray()));
        }
    }
}
