using System.Text.Json;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The devices' messages, the latest thousand of each device.</summary>
internal sealed class TelemetryStore(Database database, ChangeFeed changes, TimeProvider clock)
{
    private const int MaximumPerDevice = 1000;

    /// <summary>Stores a message; returns its number, or null when there is no such device any more.</summary>
    internal long? Add(string deviceId, IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<byte> payload)
    {
        long? sequence = database.Insert(
            """
            INSERT INTO telemetry (device_id, received, properties, payload)
            SELECT device_id, $received, $properties, $payload FROM device WHERE device_id = $id
            """,
            ("$id", deviceId),
            ("$received", Timestamps.ToText(clock.GetUtcNow())),
            ("$properties", JsonSerializer.Serialize(properties)),
            ("$payload", payload.ToArray()));
        if (sequence is not null)
        {
            database.Execute(
                """
                DELETE FROM telemetry WHERE device_id = $id AND sequence <=
                    (SELECT sequence FROM telemetry WHERE device_id = $id ORDER BY sequence DESC LIMIT 1 OFFSET $maximum)
                """,
                ("$id", deviceId),
                ("$maximum", MaximumPerDevice));
            changes.Publish(new Change(ChangeKind.Telemetry, deviceId));
        }

        return sequence;
    }

    internal IReadOnlyList<TelemetryMessage> After(string deviceId, long sequence, int limit) =>
        database.Query(
            """
            SELECT sequence, received, properties, payload FROM telemetry
            WHERE device_id = $id AND sequence > $after ORDER BY sequence LIMIT $limit
            """,
            row => Read(row, 0),
            ("$id", deviceId),
            ("$after", sequence),
            ("$limit", limit));

    /// <summary>A message from a row that has its sequence, received, properties and payload from a column on.</summary>
    internal static TelemetryMessage Read(SqliteDataReader row, int column) =>
        new(
            row.GetInt64(column),
            Timestamps.Parse(row.GetString(column + 1)),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(column + 2))!,
            row.GetFieldValue<byte[]>(column + 3));
}
