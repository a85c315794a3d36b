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

    private const string StatusQuery = """
        SELECT d.device_id, d.registration_id, d.thumbprint, d.symmetric_key, d.assigned_hub, d.created, d.updated, d.etag,
            d.desired, d.desired_version, d.reported, d.reported_version, t.sequence, t.received, t.properties, t.payload
        FROM device AS d LEFT JOIN telemetry AS t
            ON t.sequence = (SELECT MAX(sequence) FROM telemetry WHERE device_id = d.device_id)
        """;

    internal IReadOnlyList<DeviceStatus> List() => database.Query(StatusQuery + " ORDER BY d.device_id", ReadStatus);

    internal DeviceStatus? FindStatus(string deviceId) =>
        database.Query(StatusQuery + " WHERE d.device_id = $id", ReadStatus, ("$id", deviceId)).FirstOrDefault();

    internal Device? Find(string deviceId) =>
        database.Query($"SELECT {Columns} FROM device WHERE device_id = $id", Read, ("$id", deviceId)).FirstOrDefault();

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
        changes.Publish(new Change(ChangeKind.Registration, registrationId));
        return Find(deviceId)!;
    }

    /// <summary>Makes a device without a registration; false when there is one of this name already.</summary>
    internal bool TryAdd(string deviceId, Attestation attestation, string hub, DateTimeOffset now) =>
        Insert("DO NOTHING", deviceId, null, attestation, hub, now);

    /// <summary>Removes a device, and its messages with it; false when there is none.</summary>
    internal bool Remove(string deviceId)
    {
        List<string?> removed = database.Query(
            "DELETE FROM device WHERE device_id = $id RETURNING registration_id",
            row => row.IsDBNull(0) ? null : row.GetString(0),
            ("$id", deviceId));
        foreach (string? registrationId in removed)
        {
            changes.Publish(new Change(ChangeKind.Device, deviceId, Removed: true));
            if (registrationId is not null)
            {
                changes.Publish(new Change(ChangeKind.Registration, registrationId));
            }
        }

        return removed.Count > 0;
    }

    private bool Insert(string onConflict, string deviceId, string? registrationId, Attestation attestation, string hub, DateTimeOffset now)
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
        if (changed > 0)
        {
            changes.Publish(new Change(ChangeKind.Device, deviceId));
        }

        return changed > 0;
    }

    private static Device Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.IsDBNull(1) ? null : row.GetString(1),
            row.IsDBNull(2)
                ? Attestation.FromKey(new SymmetricKey(row.GetFieldValue<byte[]>(3)))
                : Attestation.FromThumbprint(row.GetString(2)),
            row.GetString(4),
            Timestamps.Parse(row.GetString(5)),
            Timestamps.Parse(row.GetString(6)),
            row.GetString(7));

    private static DeviceStatus ReadStatus(SqliteDataReader row) =>
        new(Read(row), TwinStore.Read(row, 8), TwinStore.Read(row, 10), row.IsDBNull(12) ? null : TelemetryStore.Read(row, 12));
}
