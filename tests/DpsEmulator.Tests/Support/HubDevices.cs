using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>Devices of the first hub, by its REST and, for what they sent, by the page's API.</summary>
internal static class HubDevices
{
    internal static Task<JsonNode> GetDeviceAsync(this Cloud cloud, string id) => new HubRest(cloud).GetAsync("devices/" + Escape(id));

    internal static Task<JsonNode> GetTwinAsync(this Cloud cloud, string id) => new HubRest(cloud).GetAsync("twins/" + Escape(id));

    internal static Task<JsonArray> ListDevicesAsync(this Cloud cloud) => new HubRest(cloud).QueryAsync("SELECT * FROM devices");

    /// <summary>Makes a device by its key.</summary>
    internal static Task AddDeviceAsync(this Cloud cloud, string id, string key) => new HubRest(cloud).ExpectAsync(
        HttpMethod.Put,
        "devices/" + Escape(id),
        Write(new { authentication = new { type = "sas", symmetricKey = new { primaryKey = key, secondaryKey = key } } }));

    internal static Task RemoveDeviceAsync(this Cloud cloud, string id) => new HubRest(cloud).ExpectAsync(
        HttpMethod.Delete, "devices/" + Escape(id), ifMatch: "*", status: HttpStatusCode.NoContent);

    /// <summary>A page of what a device sent.</summary>
    internal static Task<JsonNode> GetTelemetryAsync(this Cloud cloud, string id, string query = "") =>
        cloud.GetAsync($"api/hubs/{cloud.Host.HubName}/devices/{Escape(id)}/telemetry?{query}");

    /// <summary>The text that a device sent last.</summary>
    internal static async Task<string?> GetLatestTextAsync(this Cloud cloud, string id) =>
        (string?)(await cloud.GetTelemetryAsync(id, "latest=1"))["messages"]!.AsArray().Single()!["text"];

    /// <summary>Sends a message to a device; it has to be taken.</summary>
    internal static Task SendMessageAsync<T>(this Cloud cloud, string id, T message) =>
        new HubRest(cloud).ExpectAsync(HttpMethod.Post, MessagesOf(id), Write(message), status: HttpStatusCode.Created);

    /// <summary>A message that has to be refused; returns the reason.</summary>
    internal static Task<string> RefuseMessageAsync(this Cloud cloud, string id, string message, HttpStatusCode status, string code) =>
        new HubRest(cloud).ExpectErrorAsync(status, code, HttpMethod.Post, MessagesOf(id), message);

    /// <summary>Calls the method <c>blink</c>, whatever the answer.</summary>
    internal static Task<HttpResponseMessage> InvokeMethodAsync<T>(this Cloud cloud, string id, T payload, int timeout = 30) =>
        new HubRest(cloud).SendAsync(
            HttpMethod.Post,
            $"twins/{Escape(id)}/methods",
            Write(new { methodName = "blink", payload, responseTimeoutInSeconds = timeout }));

    /// <summary>Changes desired properties; returns the twin.</summary>
    internal static Task<JsonNode> UpdateDesiredAsync<T>(this Cloud cloud, string id, T desired) => new HubRest(cloud).ExpectAsync(
        HttpMethod.Patch, "twins/" + Escape(id), Write(new { properties = new { desired } }));

    private static string MessagesOf(string id) => $"devices/{Escape(id)}/messages/deviceBound";

    private static string Escape(string id) => Uri.EscapeDataString(id);

    private static string Write<T>(T value) => JsonSerializer.Serialize(value);
}
