using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>The REST of one hub, as its back end uses it.</summary>
internal sealed class HubRest(Cloud cloud, string? hub = null)
{
    private readonly string _prefix = $"hubs/{hub ?? cloud.Host.HubName}/";

    /// <summary>A request that has to be answered with 200; returns the body.</summary>
    internal async Task<JsonNode> GetAsync(string path) => await ExpectAsync(HttpMethod.Get, path);

    /// <summary>A request that has to be answered with a status; returns the body, or null where there is none.</summary>
    internal async Task<JsonNode> ExpectAsync(
        HttpMethod method, string path, string? json = null, string? ifMatch = null, HttpStatusCode status = HttpStatusCode.OK)
    {
        using HttpResponseMessage response = await SendAsync(method, path, json, ifMatch);
        string body = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(status, response.StatusCode, body);
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    /// <summary>A request that has to be refused as a hub refuses; returns the message.</summary>
    internal async Task<string> ExpectErrorAsync(
        HttpStatusCode status, string code, HttpMethod method, string path, string? json = null, string? ifMatch = null)
    {
        using HttpResponseMessage response = await SendAsync(method, path, json, ifMatch);
        string body = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(status, response.StatusCode, body);
        Assert.AreEqual("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.AreEqual(code, response.Headers.GetValues("iothub-errorcode").Single());
        string message = (string)JsonNode.Parse(body)!["Message"]!;
        Assert.IsTrue(message.StartsWith($"ErrorCode:{code};", StringComparison.Ordinal) || JsonNode.Parse(message) is JsonObject, message);
        return message;
    }

    /// <summary>A page of a query's results.</summary>
    internal async Task<(JsonArray Items, string? Continuation, string ItemType)> QueryPageAsync(
        string query, int? size = null, string? continuation = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("devices/query"));
        request.Content = Json(new JsonObject { ["query"] = query }.ToJsonString());
        request.Headers.TryAddWithoutValidation("x-ms-max-item-count", size?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("x-ms-continuation", continuation);
        using HttpResponseMessage response = await cloud.Http.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, body);
        string? next = response.Headers.TryGetValues("x-ms-continuation", out IEnumerable<string>? values) ? values.Single() : null;
        return (JsonNode.Parse(body)!.AsArray(), next, response.Headers.GetValues("x-ms-item-type").Single());
    }

    /// <summary>The first page of a query's results.</summary>
    internal async Task<JsonArray> QueryAsync(string query) => (await QueryPageAsync(query)).Items;

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, Address(path));
        request.Content = json is null ? null : Json(json);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await cloud.Http.SendAsync(request);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private string Address(string path) =>
        path.Contains("api-version", StringComparison.Ordinal)
            ? _prefix + path
            : $"{_prefix}{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version=2021-04-12";
}
