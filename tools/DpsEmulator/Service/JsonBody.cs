using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Service;

/// <summary>The JSON of a request, whatever its Content-Type says.</summary>
internal static class JsonBody
{
    /// <exception cref="FormatException">It is no JSON object; the message says why.</exception>
    internal static async Task<JsonObject> ReadObjectAsync(HttpRequest request) =>
        await ReadAsync(request) as JsonObject ?? throw new FormatException("The body is no JSON object.");

    /// <exception cref="FormatException">It is no JSON; the message says why.</exception>
    internal static async Task<JsonNode?> ReadAsync(HttpRequest request)
    {
        byte[] body = await RequestBody.ReadAsync(request);
        try
        {
            return JsonPayload.Parse(body, allowDuplicates: false);
        }
        catch (JsonException error)
        {
            throw new FormatException($"The body is no JSON: {error.Message}", error);
        }
    }
}
