using System.Text.Json;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Hub;

/// <summary>Messages to devices, each kept until its device has acknowledged it.</summary>
internal sealed class CloudMessageStore(Database database)
{
    /// <summary>A hub holds this many for a device, and refuses more.</summary>
    internal const int MaximumQueued = 50;

    /// <summary>False when the device's queue is full.</summary>
    internal bool TryAdd(string deviceId, IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<byte> payload) =>
        database.Execute(
            """
            INSERT INTO cloud_message (device_id, properties, payload) SELECT $id, $properties, $payload
            WHERE (SELECT COUNT(*) FROM cloud_message WHERE device_id = $id) < $maximum
            """,
            ("$id", deviceId),
            ("$properties", JsonSerializer.Serialize(properties)),
            ("$payload", payload.ToArray()),
            ("$maximum", MaximumQueued)) > 0;

    internal IReadOnlyList<CloudMessage> After(string deviceId, long sequence) =>
        database.Query(
            "SELECT sequence, properties, payload FROM cloud_message WHERE device_id = $id AND sequence > $after ORDER BY sequence",
            Read,
            ("$id", deviceId),
            ("$after", sequence));

    internal void Remove(long sequence) =>
        database.Execute("DELETE FROM cloud_message WHERE sequence = $sequence", ("$sequence", sequence));

    private static CloudMessage Read(SqliteDataReader row) =>
        new(row.GetInt64(0), JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(1))!, row.GetFieldValue<byte[]>(2));
}
