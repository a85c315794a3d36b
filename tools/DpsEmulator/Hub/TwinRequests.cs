using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device's twin over one of its connections: what it asks for, and what it is notified of.</summary>
internal sealed class TwinRequests(string deviceId, TwinStore twins, MqttPeer peer)
{
    /// <summary>Answers with the whole twin.</summary>
    internal ValueTask<bool> GetAsync(string requestId)
    {
        var twin = new JsonObject
        {
            ["desired"] = twins.Desired(deviceId) ?? [],
            ["reported"] = twins.Reported(deviceId) ?? [],
        };
        return AnswerAsync(HubTopics.ForTwinAnswer(200, requestId), twin);
    }

    /// <summary>Changes the reported properties and answers with their version, or with what is wrong with them.</summary>
    /// <exception cref="MqttProtocolException">There is no such device any more.</exception>
    internal ValueTask<bool> ReportAsync(string requestId, ReadOnlyMemory<byte> payload)
    {
        if (!TwinPatch.TryParse(payload.Span, out JsonObject? patch, out string? problem))
        {
            return AnswerAsync(HubTopics.ForTwinAnswer(400, requestId), new JsonObject { ["errorCode"] = 400004, ["message"] = problem });
        }

        long version = twins.PatchReported(deviceId, patch) ?? throw new MqttProtocolException($"The device {deviceId} has been removed.");
        return AnswerAsync(HubTopics.ForTwinAnswer(204, requestId, version), null);
    }

    /// <summary>Sends a change of the desired properties, if the device has subscribed to them.</summary>
    internal async Task NotifyDesiredAsync(JsonObject patch, long version, CancellationToken cancellationToken)
    {
        JsonObject change = patch.DeepClone().AsObject();
        change["$version"] = version;
        byte[] payload = JsonPayload.Write(change);
        try
        {
            Task<bool> sent = peer.PublishAsync(HubTopics.DesiredChanges, HubTopics.ForDesiredChange(version), payload).AsTask();
            await sent.WaitAsync(cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The connection is gone, and a device reads its twin when it connects; or whoever changed it does not wait any longer.
        }
    }

    private ValueTask<bool> AnswerAsync(string topic, JsonObject? body) =>
        peer.PublishAsync(HubTopics.TwinAnswers, topic, body is null ? default : JsonPayload.Write(body));
}
