using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Hub;

/// <summary>JSON that devices and callers send, read so that it can be stored and shown again.</summary>
internal static class JsonPayload
{
    /// <summary>The API's answers are nested 64 deep at most, the serializer's limit, and a payload stands some levels inside.</summary>
    private const int MaximumDepth = 32;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    // As Azure's services write: of what JSON allows as it is (a + in base64), nothing is escaped.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON for a device, as UTF-8.</summary>
    internal static byte[] Write(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString(Plain));

    /// <summary>Parses JSON.</summary>
    /// <exception cref="JsonException">
    /// It is no JSON, nested too deep, or has text that is no Unicode, as half of a surrogate pair is not.
    /// </exception>
    internal static JsonNode? Parse(ReadOnlySpan<byte> json, bool allowDuplicates)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = allowDuplicates, MaxDepth = MaximumDepth };
            JsonNode? node = JsonNode.Parse(json, documentOptions: options);

            // Escapes are looked at when they are written, not when they are parsed.
            node?.ToJsonString();
            return node;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    /// <summary>A payload as text; null when it is no UTF-8.</summary>
    internal static string? ReadText(ReadOnlySpan<byte> payload)
    {
        try
        {
            return StrictUtf8.GetString(payload);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Reads a payload that may be JSON, with names twice if need be; false when it is none that could be shown.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> payload, out JsonNode? node)
    {
        node = null;
        try
        {
            node = Parse(payload, allowDuplicates: true);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
