using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Mqtt;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device's twin over one of its connections: what it asks for, and what it is notified of.</summary>
internal sealed class TwinRequests(DeviceAddress device, TwinStore twins, MqttPeer peer, TimeProvider clock)
{
    /// <summary>Answers with the whole twin, but for the tags, which are not the device's.</summary>
    internal ValueTask<bool> GetAsync(string requestId) => twins.Find(device) is { } twin
        ? AnswerAsync(HubTopics.ForTwinAnswer(200, requestId), new JsonObject
        {
            ["desired"] = twin.Desired.ForDevice(),
            ["reported"] = twin.Reported.ForDevice(),
        })
        : RefuseAsync(requestId, HubException.DeviceNotFound(device));

    /// <summary>Changes the reported properties and answers with their version, or with what is wrong with them.</summary>
    internal ValueTask<bool> ReportAsync(string requestId, ReadOnlyMemory<byte> payload)
    {
        try
        {
            Twin twin = twins.Report(device, TwinPatch.Parse(payload.Span));
            return AnswerAsync(HubTopics.ForTwinAnswer(204, requestId, twin.Reported.Version), null);
        }
        catch (HubException error)
        {
            return RefuseAsync(requestId, error);
        }
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

    private ValueTask<bool> RefuseAsync(string requestId, HubException error) =>
        AnswerAsync(HubTopics.ForTwinAnswer(error.Status, requestId), new JsonObject
        {
            ["errorCode"] = (int)error.Code,
            ["trackingId"] = Guid.NewGuid().ToString("N"),
            ["message"] = error.Message,
            ["timestampUtc"] = Timestamps.ToText(clock.GetUtcNow()),
        });

    private ValueTask<bool> AnswerAsync(string topic, JsonObject? body) =>
        peer.PublishAsync(HubTopics.TwinAnswers, topic, body is null ? default : JsonPayload.Write(body));
}
