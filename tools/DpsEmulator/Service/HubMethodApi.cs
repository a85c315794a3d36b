using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>Direct methods of a hub's devices.</summary>
internal sealed class HubMethodApi(HubNames hubs, MethodInvoker methods)
{
    private const int StandardResponseTimeout = 30;

    internal void Map(IEndpointRouteBuilder routes) => routes.MapPost("/twins/{id}/methods", InvokeAsync);

    private async Task<IResult> InvokeAsync(string hub, string id, HttpRequest request)
    {
        MethodCall call = Read(await JsonBody.ReadObjectAsync(request));
        MethodResult result =
            await methods.InvokeAsync(new DeviceAddress(hubs.Find(hub)!, id), call, request.HttpContext.RequestAborted);
        return ServiceResults.Json(new JsonObject { ["status"] = result.Status, ["payload"] = ReadAnswer(result.Payload) });
    }

    /// <summary>
    /// A payload reaches the device as JSON, null too: Azure's SDKs parse what they get. A call without one has an empty body.
    /// </summary>
    private static MethodCall Read(JsonObject json) => new(
        json.GetText("methodName") ?? throw new FormatException("The JSON has no 'methodName'."),
        json.TryGetPropertyValue("payload", out JsonNode? payload) ? ReadPayload(payload) : [],
        ReadTimeout(json, "connectTimeoutInSeconds", 0),
        ReadTimeout(json, "responseTimeoutInSeconds", StandardResponseTimeout));

    private static byte[] ReadPayload(JsonNode? payload) => payload is null ? [.. "null"u8] : JsonPayload.Write(payload);

    private static TimeSpan ReadTimeout(JsonObject json, string name, int standard) => json[name] switch
    {
        null => TimeSpan.FromSeconds(standard),
        JsonValue value when value.TryGetValue(out int seconds) => TimeSpan.FromSeconds(seconds),
        var other => throw new FormatException($"'{name}' is {other.ToJsonString()}: give it whole seconds."),
    };

    /// <summary>A device's answer as JSON; as text where it is none.</summary>
    private static JsonNode? ReadAnswer(byte[] payload) =>
        payload.Length == 0 ? null : JsonPayload.TryParse(payload, out JsonNode? json) ? json : JsonPayload.ReadText(payload);
}
