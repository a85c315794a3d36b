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
    internal long? Add(DeviceAddress device, IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<byte> payload)
    {
        string received = Timestamps.ToText(clock.GetUtcNow());
        long? sequence = database.Insert(
            """
            INSERT INTO telemetry (device, received, properties, payload)
            SELECT id, $received, $properties, $payload FROM device WHERE hub = $hub AND device_id = $id
            """,
            [
                .. device.Parameters,
                ("$received", received),
                ("$properties", JsonSerializer.Serialize(properties)),
                ("$payload", payload.ToArray()),
            ]);
        if (sequence is not null)
        {
            database.Execute(
                """
                DELETE FROM telemetry WHERE device = (SELECT device FROM telemetry WHERE sequence = $sequence) AND sequence <=
                    (SELECT sequence FROM telemetry WHERE device = (SELECT device FROM telemetry WHERE sequence = $sequence)
                     ORDER BY sequence DESC LIMIT 1 OFFSET $maximum);
                UPDATE device SET last_activity = $received WHERE id = (SELECT device FROM telemetry WHERE sequence = $sequence);
                """,
                ("$sequence", sequence),
                ("$received", received),
                ("$maximum", MaximumPerDevice));
            changes.Publish(new Change(ChangeKind.Telemetry, device.DeviceId, Hub: device.Hub));
        }

        return sequence;
    }

    internal IReadOnlyList<TelemetryMessage> After(DeviceAddress device, long sequence, int limit) =>
        database.Query(
            """
            SELECT sequence, received, properties, payload FROM telemetry
            WHERE device = (SELECT id FROM device WHERE hub = $hub AND device_id = $id) AND sequence > $after
            ORDER BY sequence LIMIT $limit
            """,
            row => Read(row, 0),
            [.. device.Parameters, ("$after", sequence), ("$limit", limit)]);

    /// <summary>A device's latest messages after a number, oldest first.</summary>
    internal IReadOnlyList<TelemetryMessage> Latest(DeviceAddress device, long sequence, int count) =>
        database.Query(
            """
            SELECT sequence, received, properties, payload FROM telemetry
            WHERE device = (SELECT id FROM device WHERE hub = $hub AND device_id = $id) AND sequence > $after
            ORDER BY sequence DESC LIMIT $limit
            """,
            row => Read(row, 0),
            [.. device.Parameters, ("$after", sequence), ("$limit", count)]).AsEnumerable().Reverse().ToList();

    /// <summary>A message from a row that has its sequence, received, properties and payload from a column on.</summary>
    internal static TelemetryMessage Read(SqliteDataReader row, int column) =>
        new(
            row.GetInt64(column),
            Timestamps.Parse(row.GetString(column + 1)),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(column + 2))!,
            row.GetFieldValue<byte[]>(column + 3));
}
