using System.Text.Json;
using System.Text.RegularExpressions;

namespace nanoFramework.Json;

public class DeserializationException : Exception
{
}

public enum JsonSerializerDefaults
{
    General,
    Web,
}

public sealed class JsonSerializerOptions
{
    public JsonSerializerOptions()
    {
    }

    public JsonSerializerOptions(JsonSerializerDefaults defaults) =>
        PropertyNameCaseInsensitive = defaults == JsonSerializerDefaults.Web;

    public bool PropertyNameCaseInsensitive { get; set; }
}

/// <summary>
/// nanoFramework's JSON, over .NET's: unknown members are passed over, what is not JSON throws. So does, wherever it stands, an escape
/// \uXXXX with a digit from A to F other than E: the library reads the four as a decimal number.
/// </summary>
public static partial class JsonConvert
{
    private static readonly System.Text.Json.JsonSerializerOptions ExactCase = new();
    private static readonly System.Text.Json.JsonSerializerOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    public static string SerializeObject(object oSource) => JsonSerializer.Serialize(oSource);

    public static object DeserializeObject(string value, Type type) => DeserializeObject(value, type, new JsonSerializerOptions());

    public static object DeserializeObject(string value, Type type, JsonSerializerOptions options)
    {
        if (UnreadableEscape().IsMatch(value))
        {
            throw new DeserializationException();
        }

        try
        {
            return JsonSerializer.Deserialize(value, type, options.PropertyNameCaseInsensitive ? AnyCase : ExactCase);
        }
        catch (JsonException)
        {
            throw new DeserializationException();
        }
    }

    [GeneratedRegex(@"(?<!\\)(?:\\\\)*\\u(?![0-9eE]{4})")]
    private static partial Regex UnreadableEscape();
}
