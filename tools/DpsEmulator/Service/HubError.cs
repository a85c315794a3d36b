using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Storage;
using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Service;

/// <summary>
/// An error as a hub's REST writes it: its name in <c>iothub-errorcode</c>, and in the body's <c>Message</c> the name and the reason,
/// or for methods, as a hub does, a JSON document as text.
/// </summary>
internal static class HubError
{
    /// <summary>What the SDKs and Azure's documentation look for.</summary>
    internal const string Header = "iothub-errorcode";

    internal static IResult Unauthorized(string reason, TimeProvider clock) =>
        Create(new HubException(HubErrorCode.IotHubUnauthorizedAccess, $"Unauthorized: {reason}"), clock);

    internal static IResult Create(HubException error, TimeProvider clock) => new Answer(
        error.Status,
        error.Code.ToString(),
        error.Code is HubErrorCode.DeviceNotOnline or HubErrorCode.GatewayTimeout ? BodyOfMethod(error, clock) : Body(error, clock));

    private static JsonObject Body(HubException error, TimeProvider clock) => new()
    {
        ["Message"] = $"ErrorCode:{error.Code};{error.Message}",
        ["ExceptionMessage"] = $"Tracking ID:{Guid.NewGuid():N}-G:0-TimeStamp:{Timestamps.ToText(clock.GetUtcNow())}",
    };

    private static JsonObject BodyOfMethod(HubException error, TimeProvider clock)
    {
        var inner = new JsonObject
        {
            ["errorCode"] = (int)error.Code,
            ["trackingId"] = Guid.NewGuid().ToString("N"),
            ["message"] = error.Message,
            ["timestampUtc"] = Timestamps.ToText(clock.GetUtcNow()),
        };
        return new JsonObject { ["Message"] = inner.ToJsonString(), ["ExceptionMessage"] = "" };
    }

    private sealed class Answer(int status, string name, JsonObject body) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            context.Response.Headers[Header] = name;
            await ServiceResults.Json(body, status).ExecuteAsync(context);
        }
    }
}
