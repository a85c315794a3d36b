using System.Text;
using DevKit.DpsEmulator.Events;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>The properties at the end of a topic: <c>name=value&amp;name=value</c>, both URL-encoded.</summary>
internal static class PropertyBag
{
    private const string RequestId = "$rid";

    internal static Dictionary<string, string> Parse(string text)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in text.TrimEnd('/').TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = Uri.UnescapeDataString(equals < 0 ? part : part[..equals]);
            properties[name] = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..]);
        }

        return properties;
    }

    /// <summary>The properties of a topic that ends in <c>?$rid={request ID}</c> and perhaps more.</summary>
    /// <exception cref="MqttProtocolException">There is no request ID.</exception>
    internal static Dictionary<string, string> ParseRequest(string topic, out string requestId)
    {
        Dictionary<string, string> properties = Parse(topic[(topic.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        requestId = properties.GetValueOrDefault(RequestId, "");
        return requestId.Length > 0
            ? properties
            : throw new MqttProtocolException($"The topic '{LogText.Clean(topic)}' has no {RequestId}.");
    }

    /// <summary>The end of the topic of an answer, <c>?$rid={request ID}</c>; more properties may follow.</summary>
    internal static string ForRequest(string requestId) => $"?{RequestId}={Uri.EscapeDataString(requestId)}";

    internal static string ToText(IReadOnlyDictionary<string, string> properties)
    {
        var text = new StringBuilder();
        foreach ((string name, string value) in properties)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }
}
