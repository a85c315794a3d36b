using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A change of a twin's tags or properties, and what it may be: the limits are those of Azure's documentation.</summary>
internal static class TwinPatch
{
    /// <summary>How large tags may be, as <see cref="ValidateSize"/> counts.</summary>
    internal const int MaximumTags = 8 * 1024;

    /// <summary>How large desired or reported properties may be, as <see cref="ValidateSize"/> counts.</summary>
    internal const int MaximumProperties = 32 * 1024;

    private const int MaximumDepth = 10;
    private const int MaximumName = 1024;
    private const int MaximumText = 4 * 1024;
    private const long MaximumInteger = 4503599627370495;
    private const long MinimumInteger = -4503599627370496;

    private const int NumberSize = 8;
    private const int BooleanSize = 4;

    /// <summary>Reads a change of a device's reported or a caller's desired properties.</summary>
    /// <exception cref="HubException">It is none.</exception>
    internal static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            JsonObject patch = JsonPayload.Parse(json, allowDuplicates: false) as JsonObject
                ?? throw HubException.Invalid("The properties are no JSON object.");
            Validate(patch);
            return patch;
        }
        catch (JsonException error)
        {
            throw HubException.Invalid($"The properties are no JSON: {error.Message}");
        }
    }

    /// <summary>Refuses names and values that a twin cannot have.</summary>
    /// <exception cref="HubException">There is one; the message names it.</exception>
    internal static void Validate(JsonObject document) => Validate(document, 0);

    /// <summary>Refuses a document that is too large: names and values count, a number as 8 bytes, a Boolean as 4.</summary>
    /// <exception cref="HubException">It is.</exception>
    internal static void ValidateSize(JsonObject document, int maximum)
    {
        int size = GetSize(document);
        if (size > maximum)
        {
            throw HubException.Invalid($"With this change there would be {size} bytes of names and values, and {maximum} are allowed.");
        }
    }

    /// <summary>
    /// Merges a change into a document, and returns it: null removes, an object is merged, anything else replaces (RFC 7396).
    /// </summary>
    internal static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                target[name] = Apply(target[name] is JsonObject existing ? existing.DeepClone().AsObject() : [], inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }

        return target;
    }

    private static void Validate(JsonNode? node, int depth)
    {
        if (depth > MaximumDepth && node is JsonObject or JsonArray)
        {
            throw HubException.Invalid($"The JSON is nested more than {MaximumDepth} deep.");
        }

        switch (node)
        {
            case JsonObject properties:
                foreach ((string name, JsonNode? value) in properties)
                {
                    ValidateName(name);
                    Validate(value, depth + 1);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Validate(item, depth + 1);
                }

                break;
            case JsonValue value:
                ValidateValue(value);
                break;
            default:
                break;
        }
    }

    private static void ValidateName(string name)
    {
        if (name.Length == 0 || name.Any(c => c is '.' or '$' or ' ' || char.IsControl(c)))
        {
            throw HubException.Invalid(
                $"The name '{LogText.Clean(name)}' is empty or has a dot, a blank, a dollar or a control character.");
        }

        if (Encoding.UTF8.GetByteCount(name) > MaximumName)
        {
            throw HubException.Invalid($"The name '{LogText.Clean(name)}' has more than {MaximumName} bytes.");
        }
    }

    private static void ValidateValue(JsonValue value)
    {
        if (value.GetValueKind() == JsonValueKind.String && Encoding.UTF8.GetByteCount(value.GetValue<string>()) > MaximumText)
        {
            throw HubException.Invalid($"The value '{LogText.Clean(value.GetValue<string>(), 20)}' has more than {MaximumText} bytes.");
        }

        if (value.GetValueKind() == JsonValueKind.Number
            && value.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0
            && !(long.TryParse(value.ToJsonString(), out long number) && number is >= MinimumInteger and <= MaximumInteger))
        {
            throw HubException.Invalid($"The number {value.ToJsonString()} is not between {MinimumInteger} and {MaximumInteger}.");
        }
    }

    private static int GetSize(JsonNode? node) => node switch
    {
        JsonObject properties => properties.Sum(property => GetSize(property.Key) + GetSize(property.Value)),
        JsonArray items => items.Sum(GetSize),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => GetSize(value.GetValue<string>()),
            JsonValueKind.Number => NumberSize,
            JsonValueKind.True or JsonValueKind.False => BooleanSize,
            _ => 0,
        },
        _ => 0,
    };

    private static int GetSize(string text) => Encoding.UTF8.GetByteCount(text) - text.Count(char.IsControl);
}
