using System.Text.Json;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The devices' messages, the latest thousand of each device.</summary>
internal sealed class TelemetryStore(Database database, ChangeFeed changes)
{
    private const int KeptPerDevice = 1000;
    private const string Columns = "sequence, device_id, received, properties, payload";

    internal long Add(string deviceId, DateTimeOffset received, IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<byte> payload)
    {
        long sequence = database.Insert(
            "INSERT INTO telemetry (device_id, received, properties, payload) VALUES ($id, $received, $properties, $payload)",
            ("$id", deviceId),
            ("$received", Timestamps.ToText(received)),
            ("$properties", JsonSerializer.Serialize(properties)),
            ("$payload", payload.ToArray()));
        database.Execute(
            """
            DELETE FROM telemetry WHERE device_id = $id AND sequence <=
                (SELECT sequence FROM telemetry WHERE device_id = $id ORDER BY sequence DESC LIMIT 1 OFFSET $kept)
            """,
            ("$id", deviceId),
            ("$kept", KeptPerDevice));
        changes.Signal();
        return sequence;
    }

    internal IReadOnlyList<TelemetryMessage> After(string deviceId, long sequence, int limit) =>
        database.Query(
            $"SELECT {Columns} FROM telemetry WHERE device_id = $id AND sequence > $after ORDER BY sequence LIMIT $limit",
            Read,
            ("$id", deviceId),
            ("$after", sequence),
            ("$limit", limit));

    internal TelemetryMessage? Last(string deviceId) =>
        database.Query(
            $"SELECT {Columns} FROM telemetry WHERE device_id = $id ORDER BY sequence DESC LIMIT 1", Read, ("$id", deviceId)).FirstOrDefault();

    private static TelemetryMessage Read(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            Timestamps.Parse(row.GetString(2)),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(3))!,
            row.GetFieldValue<byte[]>(4));
}
