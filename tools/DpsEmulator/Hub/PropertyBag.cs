using System.Text;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The properties at the end of a topic: <c>name=value&amp;name=value</c>, both URL-encoded.</summary>
internal static class PropertyBag
{
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
