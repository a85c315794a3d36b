using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>
/// Messages to a hub's devices, and the feedback that they leave. In Azure the sending itself is AMQP's alone, so that its route
/// and its document are this emulator's own.
/// </summary>
internal sealed class HubMessageApi(
    HubNames hubs, HubService service, DeviceStore devices, CloudMessageStore messages, FeedbackStore feedback, EventLog log)
{
    private const string Feedback = "/messages/serviceBound/feedback";

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/devices/{id}/messages/deviceBound", SendAsync);
        routes.MapDelete("/devices/{id}/commands", Purge);
        routes.MapGet(Feedback, ReceiveFeedback);
        routes.MapDelete(Feedback + "/{lockToken}", (string lockToken) => Unlock(feedback.Complete(lockToken), lockToken));
        routes.MapPost(Feedback + "/{lockToken}/abandon", (string lockToken) => Unlock(feedback.Abandon(lockToken), lockToken));
    }

    private async Task<IResult> SendAsync(string hub, string id, HttpRequest request)
    {
        NewCloudMessage message = CloudMessageDocument.Read(await JsonBody.ReadObjectAsync(request));
        service.Send(new DeviceAddress(hubs.Find(hub)!, id), message);
        log.Write($"Hub: message {LogText.Clean(message.MessageId)} waits for {id}");
        return ServiceResults.Json(new JsonObject { ["messageId"] = message.MessageId }, StatusCodes.Status201Created);
    }

    private IResult Purge(string hub, string id)
    {
        var address = new DeviceAddress(hubs.Find(hub)!, id);
        if (devices.Find(address) is null)
        {
            throw HubException.DeviceNotFound(address);
        }

        return ServiceResults.Json(new JsonObject
        {
            ["totalMessagesPurged"] = messages.Purge(address),
            ["deviceId"] = id,
            ["moduleId"] = null,
        });
    }

    /// <summary>The oldest records, locked for a minute under the token in ETag; 204 where there are none.</summary>
    private IResult ReceiveFeedback(string hub, HttpResponse response)
    {
        IReadOnlyList<FeedbackRecord> records = feedback.Lock(hubs.Find(hub)!, out string lockToken);
        if (records.Count == 0)
        {
            return Results.NoContent();
        }

        response.Headers.ETag = ETags.Quote(lockToken);
        return Results.Bytes(
            JsonPayload.Write(new JsonArray([.. records.Select(Write)])), "application/vnd.microsoft.iothub.feedback.json");
    }

    private static JsonObject Write(FeedbackRecord record) => new()
    {
        ["originalMessageId"] = record.MessageId,
        ["enqueuedTimeUtc"] = Timestamps.ToText(record.Ended),
        ["statusCode"] = record.Status,
        ["description"] = record.Status,
        ["deviceId"] = record.DeviceId,
        ["deviceGenerationId"] = record.GenerationId,
    };

    private static IResult Unlock(bool done, string lockToken) => done
        ? Results.NoContent()
        : throw new HubException(
            HubErrorCode.DeviceMessageLockLost, $"No feedback is locked under '{lockToken}': a lock ends after a minute.");
}
