using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>The fields of a JSON object, each with the type that it has to have; null stands for a field that is not there.</summary>
internal static class JsonFields
{
    /// <exception cref="FormatException">It is no text.</exception>
    internal static string? GetText(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        var other => throw new FormatException($"'{name}' is {Describe(other)}: give it a text."),
    };

    /// <exception cref="FormatException">It is neither true nor false.</exception>
    internal static bool? GetFlag(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        var other => throw new FormatException($"'{name}' is {Describe(other)}: give it true or false."),
    };

    /// <exception cref="FormatException">It is no object.</exception>
    internal static JsonObject? GetObject(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonObject inner => inner,
        var other => throw new FormatException($"'{name}' is {Describe(other)}: give it an object."),
    };

    /// <exception cref="FormatException">It is no array of texts.</exception>
    internal static string[]? GetTexts(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonArray array when array.All(item => item?.GetValueKind() == JsonValueKind.String) =>
            [.. array.Select(item => item!.GetValue<string>())],
        var other => throw new FormatException($"'{name}' is {Describe(other)}: give it an array of texts."),
    };

    /// <exception cref="FormatException">It is no number from <paramref name="minimum"/> to <paramref name="maximum"/>.</exception>
    internal static double? GetNumber(this JsonObject json, string name, double minimum, double maximum) => json[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.GetValue<double>() is var number
            && number >= minimum && number <= maximum => number,
        var other => throw new FormatException(
            string.Create(CultureInfo.InvariantCulture, $"'{name}' is {Describe(other)}: give it a number from {minimum} to {maximum}.")),
    };

    /// <summary>One of a set of names, in any case.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    internal static T? GetChoice<T>(this JsonObject json, string name)
        where T : struct, Enum
    {
        if (json.GetText(name) is not { } text)
        {
            return null;
        }

        return Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new FormatException(
                $"'{name}' is '{text}': here are {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
    }

    /// <summary>Writes a field, unless there is nothing to write.</summary>
    internal static void AddIfAny(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static string Describe(JsonNode node)
    {
        string text = node.ToJsonString();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
