using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Hub;

namespace DevKit.DpsEmulator.Service;

/// <summary>
/// A message to a device as JSON: its body as <c>text</c> or <c>base64</c>, <c>properties</c>, and what Azure's SDKs call
/// <c>messageId</c>, <c>correlationId</c>, <c>userId</c>, <c>contentType</c>, <c>contentEncoding</c>, <c>expiryTimeUtc</c> and
/// <c>ack</c>.
/// </summary>
internal static class CloudMessageDocument
{
    private static readonly (string Field, string Property)[] SystemProperties =
        [("correlationId", "$.cid"), ("userId", "$.uid"), ("contentType", "$.ct"), ("contentEncoding", "$.ce")];

    /// <exception cref="FormatException">Something in it is wrong; the message names it.</exception>
    internal static NewCloudMessage Read(JsonObject json)
    {
        var system = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string field, string property) in SystemProperties)
        {
            if (json.GetText(field) is { } value)
            {
                system[property] = value;
            }
        }

        DateTimeOffset? expires = ReadExpiry(json);
        if (expires is { } end)
        {
            system["$.exp"] = end.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        }

        var message = new NewCloudMessage
        {
            SystemProperties = system,
            Properties = ReadProperties(json.GetObject("properties")),
            Payload = ReadBody(json.GetText("text"), json.GetText("base64")),
            Ack = json.GetChoice<MessageAck>("ack") ?? MessageAck.None,
            Expires = expires,
        };
        return json.GetText("messageId") is { } id ? message with { MessageId = id } : message;
    }

    private static byte[] ReadBody(string? text, string? base64)
    {
        if (text is null == base64 is null)
        {
            throw new FormatException("The JSON has either 'text' or 'base64'.");
        }

        try
        {
            return text is not null ? Encoding.UTF8.GetBytes(text) : Convert.FromBase64String(base64!);
        }
        catch (FormatException error)
        {
            throw new FormatException("'base64' is no base64.", error);
        }
    }

    private static Dictionary<string, string> ReadProperties(JsonObject? properties)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in properties ?? [])
        {
            read[name] = value?.GetValueKind() == JsonValueKind.String
                ? value.GetValue<string>()
                : throw new FormatException($"The property '{name}' is {value?.ToJsonString() ?? "null"}: give it a text.");
        }

        return read;
    }

    private static DateTimeOffset? ReadExpiry(JsonObject json)
    {
        if (json.GetText("expiryTimeUtc") is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw new FormatException($"'expiryTimeUtc' is '{text}': give a time such as 2026-01-31T12:00:00Z.");
    }
}
