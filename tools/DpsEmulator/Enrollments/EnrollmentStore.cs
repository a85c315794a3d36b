using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>The individual enrollments.</summary>
internal sealed class EnrollmentStore(Database database, ChangeFeed changes)
{
    private const string Columns = "registration_id, device_id, enabled, certificate, symmetric_key, created";

    internal IReadOnlyList<Enrollment> All() => database.Query($"SELECT {Columns} FROM enrollment ORDER BY registration_id", Read);

    internal Enrollment? Find(string registrationId) =>
        database.Query($"SELECT {Columns} FROM enrollment WHERE registration_id = $id", Read, ("$id", registrationId)).FirstOrDefault();

    /// <summary>False when there is one of this registration ID, or device ID, already.</summary>
    internal bool TryAdd(Enrollment enrollment)
    {
        int added = database.Execute(
            $"INSERT INTO enrollment ({Columns}) VALUES ($id, $device, $enabled, $certificate, $key, $created) ON CONFLICT DO NOTHING",
            ("$id", enrollment.RegistrationId),
            ("$device", enrollment.DeviceId),
            ("$enabled", enrollment.Enabled),
            ("$certificate", enrollment.Certificate),
            ("$key", enrollment.Attestation.Key?.Bytes),
            ("$created", Timestamps.ToText(enrollment.Created)));
        changes.Signal();
        return added > 0;
    }

    /// <summary>False when there is none of this registration ID.</summary>
    internal bool SetEnabled(string registrationId, bool enabled)
    {
        int changed = database.Execute(
            "UPDATE enrollment SET enabled = $enabled WHERE registration_id = $id", ("$enabled", enabled), ("$id", registrationId));
        changes.Signal();
        return changed > 0;
    }

    /// <summary>False when there is none of this registration ID.</summary>
    internal bool Remove(string registrationId)
    {
        int removed = database.Execute("DELETE FROM enrollment WHERE registration_id = $id", ("$id", registrationId));
        changes.Signal();
        return removed > 0;
    }

    private static Enrollment Read(SqliteDataReader row)
    {
        byte[]? certificate = row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3);
        Attestation attestation = certificate is null
            ? Attestation.By(new SymmetricKey(row.GetFieldValue<byte[]>(4)))
            : Attestation.By(certificate);
        return new Enrollment(
            row.GetString(0), row.GetString(1), row.GetBoolean(2), certificate, attestation, Timestamps.Parse(row.GetString(5)));
    }
}
