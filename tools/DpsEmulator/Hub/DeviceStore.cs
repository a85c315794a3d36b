using System.Security.Cryptography;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The hub's devices, as registrations made them.</summary>
internal sealed class DeviceStore(Database database, ChangeFeed changes)
{
    private const string Columns = "device_id, registration_id, thumbprint, assigned_hub, created, updated, etag";

    internal IReadOnlyList<Device> All() => database.Query($"SELECT {Columns} FROM device ORDER BY device_id", Read);

    internal Device? Find(string deviceId) =>
        database.Query($"SELECT {Columns} FROM device WHERE device_id = $id", Read, ("$id", deviceId)).FirstOrDefault();

    internal Device? FindByRegistration(string registrationId) =>
        database.Query($"SELECT {Columns} FROM device WHERE registration_id = $id", Read, ("$id", registrationId)).FirstOrDefault();

    /// <summary>Makes a device, or gives an existing one the certificate and the hub of this registration; its twin stays.</summary>
    internal Device Register(string deviceId, string registrationId, string thumbprint, string hub, DateTimeOffset now)
    {
        string time = Timestamps.ToText(now);
        database.Execute(
            $$"""
            INSERT INTO device ({{Columns}}, desired, desired_version, reported, reported_version)
            VALUES ($id, $registration, $thumbprint, $hub, $now, $now, $etag, '{}', 1, '{}', 1)
            ON CONFLICT (device_id) DO UPDATE SET
                registration_id = $registration, thumbprint = $thumbprint, assigned_hub = $hub, updated = $now, etag = $etag
            """,
            ("$id", deviceId),
            ("$registration", registrationId),
            ("$thumbprint", thumbprint),
            ("$hub", hub),
            ("$now", time),
            ("$etag", Convert.ToBase64String(RandomNumberGenerator.GetBytes(6))));
        changes.Signal();
        return Find(deviceId)!;
    }

    /// <summary>Removes a device with its messages; false when there is none.</summary>
    internal bool Remove(string deviceId)
    {
        database.Execute("DELETE FROM telemetry WHERE device_id = $id", ("$id", deviceId));
        database.Execute("DELETE FROM cloud_message WHERE device_id = $id", ("$id", deviceId));
        int removed = database.Execute("DELETE FROM device WHERE device_id = $id", ("$id", deviceId));
        changes.Signal();
        return removed > 0;
    }

    private static Device Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            Timestamps.Parse(row.GetString(4)),
            Timestamps.Parse(row.GetString(5)),
            row.GetString(6));
}
