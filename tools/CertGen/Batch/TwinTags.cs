using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.CommandLine;

namespace DevKit.CertGen.Batch;

/// <summary>The tags that a device's twin begins with: a JSON object, or <c>key=value;key=value</c> for texts.</summary>
internal static class TwinTags
{
    // Azure's bound for the tags of a twin.
    private const int Longest = 8 * 1024;
    private const string Remedy = "Write key=value;key=value, or a JSON object.";

    /// <summary>Parses a cell.</summary>
    /// <returns>The tags, or null when there are none.</returns>
    /// <exception cref="CommandException">They are neither form, or a twin can't have them.</exception>
    public static JsonObject? Parse(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(text) > Longest)
        {
            throw new CommandException($"The tags have more than {Longest} bytes, which is all that a twin takes. Give fewer.");
        }

        JsonObject tags = text.StartsWith('{') ? ParseJson(text) : ParsePairs(text);
        RequireKeys(tags);
        return tags;
    }

    private static JsonObject ParseJson(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!.AsObject();
        }
        catch (JsonException e)
        {
            throw new CommandException($"The tags {text} are no JSON: {e.Message} {Remedy}");
        }
    }

    private static JsonObject ParsePairs(string text)
    {
        var tags = new JsonObject();
        foreach (string pair in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length < 2 || sides[0].Length == 0)
            {
                throw new CommandException($"The tag \"{pair}\" has no {(sides.Length < 2 ? "value" : "name")}. {Remedy}");
            }

            if (!tags.TryAdd(sides[0], sides[1]))
            {
                throw new CommandException($"The tag \"{sides[0]}\" stands there twice. Leave one of them out.");
            }
        }

        return tags;
    }

    private static void RequireKeys(JsonObject tags)
    {
        foreach ((string key, JsonNode? value) in tags)
        {
            if (key.Length == 0 || key.Any(c => char.IsControl(c) || c is '.' or '$' or ' '))
            {
                throw new CommandException($"The tag \"{key}\" has a name that no twin takes. Leave out . $ and blanks.");
            }

            if (value is JsonObject inner)
            {
                RequireKeys(inner);
            }
        }
    }
}
