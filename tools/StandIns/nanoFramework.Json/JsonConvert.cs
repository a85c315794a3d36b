using System.Text.Json;

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

/// <summary>nanoFramework's JSON, over .NET's: unknown members are passed over, what is not JSON throws.</summary>
public static class JsonConvert
{
    private static readonly System.Text.Json.JsonSerializerOptions ExactCase = new();
    private static readonly System.Text.Json.JsonSerializerOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    public static string SerializeObject(object oSource) => JsonSerializer.Serialize(oSource);

    public static object DeserializeObject(string value, Type type) => DeserializeObject(value, type, new JsonSerializerOptions());

    public static object DeserializeObject(string value, Type type, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize(value, type, options.PropertyNameCaseInsensitive ? AnyCase : ExactCase);
        }
        catch (JsonException)
        {
            throw new DeserializationException();
        }
    }
}
