using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Hub;

namespace DevKit.DpsEmulator.Http;

/// <summary>A message of a device as the API shows it: its bytes, and what they say if they are text or JSON.</summary>
internal sealed record TelemetryView(
    long Sequence,
    DateTimeOffset Received,
    IReadOnlyDictionary<string, string> Properties,
    string Base64,
    string? Text,
    JsonNode? Json)
{
    internal static TelemetryView From(TelemetryMessage message)
    {
        string? text = JsonPayload.ReadText(message.Payload);
        JsonNode? json = JsonPayload.TryParse(message.Payload, out JsonNode? node) ? node : null;
        return new TelemetryView(
            message.Sequence, message.Received, message.Properties, Convert.ToBase64String(message.Payload), text, json);
    }
}

/// <summary>A page of messages.</summary>
/// <param name="Messages">The messages, oldest first.</param>
/// <param name="Last">The number to ask on after.</param>
internal sealed record TelemetryPage(IReadOnlyList<TelemetryView> Messages, long Last);
