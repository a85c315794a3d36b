using System.Security.Cryptography;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The hub's devices.</summary>
internal sealed class DeviceStore(Database database, ChangeFeed changes)
{
    private const string Columns = "device_id, registration_id, thumbprint, symmetric_key, assigned_hub, created, updated, etag";

    internal IReadOnlyList<Device> All() => database.Query($"SELECT {Columns} FROM device ORDER BY device_id", Read);

    internal Device? Find(string deviceId) =>
        database.Query($"SELECT {Columns} FROM device WHERE device_id = $id", Read, ("$id", deviceId)).FirstOrDefault();

    internal Device? FindByRegistration(string registrationId) =>
        database.Query($"SELECT {Columns} FROM device WHERE registration_id = $id", Read, ("$id", registrationId)).FirstOrDefault();

    /// <summary>Makes a device, or gives an existing one the credential and the hub of this registration; its twin stays.</summary>
    internal Device Register(string deviceId, string registrationId, Attestation attestation, string hub, DateTimeOffset now)
    {
        Insert(
            """
            (device_id) DO UPDATE SET registration_id = $registration, thumbprint = $thumbprint, symmetric_key = $key,
                assigned_hub = $hub, updated = $now, etag = $etag
            """,
            deviceId,
            registrationId,
            attestation,
            hub,
            now);
        return Find(deviceId)!;
    }

    /// <summary>Makes a device without a registration; false when there is one of this name already.</summary>
    internal bool TryAdd(string deviceId, Attestation attestation, string hub, DateTimeOffset now) =>
        Insert("DO NOTHING", deviceId, null, attestation, hub, now) > 0;

    /// <summary>Removes a device with its messages; false when there is none.</summary>
    internal bool Remove(string deviceId)
    {
        database.Execute("DELETE FROM telemetry WHERE device_id = $id", ("$id", deviceId));
        database.Execute("DELETE FROM cloud_message WHERE device_id = $id", ("$id", deviceId));
        int removed = database.Execute("DELETE FROM device WHERE device_id = $id", ("$id", deviceId));
        changes.Signal();
        return removed > 0;
    }

    private int Insert(string onConflict, string deviceId, string? registrationId, Attestation attestation, string hub, DateTimeOffset now)
    {
        int changed = database.Execute(
            $$"""
            INSERT INTO device ({{Columns}}, desired, desired_version, reported, reported_version)
            VALUES ($id, $registration, $thumbprint, $key, $hub, $now, $now, $etag, '{}', 1, '{}', 1)
            ON CONFLICT {{onConflict}}
            """,
            ("$id", deviceId),
            ("$registration", registrationId),
            ("$thumbprint", attestation.Thumbprint),
            ("$key", attestation.Key?.Bytes),
            ("$hub", hub),
            ("$now", Timestamps.ToText(now)),
            ("$etag", Convert.ToBase64String(RandomNumberGenerator.GetBytes(6))));
        changes.Signal();
        return changed;
    }

    private static Device Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.IsDBNull(1) ? null : row.GetString(1),
            row.IsDBNull(2) ? Attestation.By(new SymmetricKey(row.GetFieldValue<byte[]>(3))) : Attestation.By(row.GetString(2)),
            row.GetString(4),
            Timestamps.Parse(row.GetString(5)),
            Timestamps.Parse(row.GetString(6)),
            row.GetString(7));
}
