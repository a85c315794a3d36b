using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The devices' twins: what the cloud desires, and what the device reports, each with a version that counts its changes.</summary>
internal sealed class TwinStore(Database database, ChangeFeed changes)
{
    private readonly Lock _gate = new();

    /// <summary>Desired properties as a device gets them, <c>$version</c> included; null when there is no such device.</summary>
    internal JsonObject? Desired(string deviceId) => Find(deviceId, "desired");

    /// <summary>Reported properties, <c>$version</c> included; null when there is no such device.</summary>
    internal JsonObject? Reported(string deviceId) => Find(deviceId, "reported");

    /// <summary>Changes desired properties; returns their new version, or null when there is no such device.</summary>
    internal long? PatchDesired(string deviceId, JsonObject patch) => Patch(deviceId, "desired", patch);

    /// <summary>Changes reported properties; returns their new version, or null when there is no such device.</summary>
    internal long? PatchReported(string deviceId, JsonObject patch) => Patch(deviceId, "reported", patch);

    /// <summary>Properties from a row that has their JSON in one column and their version in the next.</summary>
    internal static JsonObject Read(SqliteDataReader row, int column)
    {
        JsonObject properties = JsonNode.Parse(row.GetString(column))!.AsObject();
        properties["$version"] = row.GetInt64(column + 1);
        return properties;
    }

    private JsonObject? Find(string deviceId, string part) =>
        database.Query($"SELECT {part}, {part}_version FROM device WHERE device_id = $id", row => Read(row, 0), ("$id", deviceId))
            .FirstOrDefault();

    private long? Patch(string deviceId, string part, JsonObject patch)
    {
        lock (_gate)
        {
            JsonObject? properties = Find(deviceId, part);
            if (properties is null)
            {
                return null;
            }

            long version = (long)properties["$version"]! + 1;
            Merge(properties, patch);
            properties.Remove("$version");
            database.Execute(
                $"UPDATE device SET {part} = $properties, {part}_version = $version WHERE device_id = $id",
                ("$properties", properties.ToJsonString()),
                ("$version", version),
                ("$id", deviceId));
            changes.Publish(new Change(ChangeKind.Twin, deviceId));
            return version;
        }
    }

    /// <summary>RFC 7396: null removes, an object is merged, anything else replaces.</summary>
    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                if (target[name] is not JsonObject existing)
                {
                    existing = [];
                    target[name] = existing;
                }

                Merge(existing, inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
