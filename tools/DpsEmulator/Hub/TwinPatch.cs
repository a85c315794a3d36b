using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A change of a twin's properties: a JSON object whose names have no dots, blanks, dollars or control characters.</summary>
internal static class TwinPatch
{
    internal static bool TryParse(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonObject? patch, [NotNullWhen(false)] out string? problem)
    {
        patch = null;
        try
        {
            patch = JsonPayload.Parse(json, allowDuplicates: false) as JsonObject;
            problem = patch is null ? "The properties are no JSON object." : FindInvalidName(patch);
        }
        catch (JsonException error)
        {
            problem = $"The properties are no JSON: {error.Message}";
        }

        return problem is null;
    }

    private static string? FindInvalidName(JsonObject properties)
    {
        foreach ((string name, JsonNode? value) in properties)
        {
            if (name.Length == 0 || name.Any(c => c is '.' or '$' or ' ' || char.IsControl(c)))
            {
                return $"The property name '{name}' is empty or has a dot, a blank, a dollar or a control character.";
            }

            if (value is JsonObject inner && FindInvalidName(inner) is { } bad)
            {
                return bad;
            }
        }

        return null;
    }
}
