using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The desired or the reported properties of a twin.</summary>
/// <param name="Values">The properties themselves.</param>
/// <param name="Metadata">When each was last changed, as <c>$metadata</c> shows it.</param>
/// <param name="Version">Grows by one with each change.</param>
internal sealed record TwinProperties(JsonObject Values, JsonObject Metadata, long Version)
{
    private const string LastUpdated = "$lastUpdated";
    private const string LastUpdatedVersion = "$lastUpdatedVersion";

    /// <summary>The properties of a new twin.</summary>
    internal static TwinProperties Create(JsonObject values, DateTimeOffset now, bool isVersioned)
    {
        JsonObject own = TwinPatch.Apply([], values);
        return new TwinProperties(own, Stamp([], own, Timestamps.ToText(now), isVersioned ? 1 : null), 1);
    }

    /// <summary>As a device gets them.</summary>
    internal JsonObject ForDevice()
    {
        JsonObject properties = Values.DeepClone().AsObject();
        properties["$version"] = Version;
        return properties;
    }

    /// <summary>As the service shows them.</summary>
    internal JsonObject ForService()
    {
        JsonObject properties = Values.DeepClone().AsObject();
        properties["$metadata"] = Metadata.DeepClone();
        properties["$version"] = Version;
        return properties;
    }

    /// <summary>The properties after a change.</summary>
    /// <param name="patch">What changes, or all that is to be.</param>
    /// <param name="replace">Whether nothing else is to stay.</param>
    /// <param name="now">The time.</param>
    /// <param name="isVersioned">Whether the metadata has the versions too, as those of desired properties do.</param>
    /// <exception cref="HubException">They would be too large.</exception>
    internal TwinProperties With(JsonObject patch, bool replace, DateTimeOffset now, bool isVersioned)
    {
        JsonObject values = TwinPatch.Apply(replace ? [] : Values.DeepClone().AsObject(), patch);
        TwinPatch.ValidateSize(values, TwinPatch.MaximumProperties);
        long? version = isVersioned ? Version + 1 : null;
        JsonObject metadata = replace ? [] : Metadata.DeepClone().AsObject();
        return new TwinProperties(values, Stamp(metadata, patch, Timestamps.ToText(now), version), Version + 1);
    }

    /// <summary>Notes the time of a change at every level that it touches.</summary>
    private static JsonObject Stamp(JsonObject metadata, JsonObject patch, string now, long? version)
    {
        metadata[LastUpdated] = now;
        if (version is not null)
        {
            metadata[LastUpdatedVersion] = version;
        }

        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null)
            {
                metadata.Remove(name);
            }
            else
            {
                JsonObject below = value is JsonObject && metadata[name] is JsonObject existing ? existing.DeepClone().AsObject() : [];
                metadata[name] = Stamp(below, value as JsonObject ?? [], now, version);
            }
        }

        return metadata;
    }
}
