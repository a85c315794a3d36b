using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>The individual enrollments.</summary>
internal sealed class EnrollmentStore(Database database, ChangeFeed changes)
{
    private const string Columns = "registration_id, device_id, enabled, certificate, symmetric_key, created";

    /// <summary>Each with its device, if it has registered.</summary>
    private const string StatusQuery = """
        SELECT e.registration_id, e.device_id, e.enabled, e.certificate, e.symmetric_key, e.created, d.assigned_hub, d.updated
        FROM enrollment AS e LEFT JOIN device AS d
            ON d.device_id = e.device_id AND d.registration_id = e.registration_id
        """;

    internal IReadOnlyList<EnrollmentStatus> List() => database.Query(StatusQuery + " ORDER BY e.registration_id", ReadStatus);

    internal EnrollmentStatus? FindStatus(string registrationId) =>
        database.Query(StatusQuery + " WHERE e.registration_id = $id", ReadStatus, ("$id", registrationId)).FirstOrDefault();

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
        return Publish(added, enrollment.RegistrationId);
    }

    /// <summary>False when there is none of this registration ID.</summary>
    internal bool SetEnabled(string registrationId, bool enabled)
    {
        int changed = database.Execute(
            "UPDATE enrollment SET enabled = $enabled WHERE registration_id = $id", ("$enabled", enabled), ("$id", registrationId));
        return Publish(changed, registrationId);
    }

    /// <summary>False when there is none of this registration ID.</summary>
    internal bool Remove(string registrationId)
    {
        int removed = database.Execute("DELETE FROM enrollment WHERE registration_id = $id", ("$id", registrationId));
        return Publish(removed, registrationId, isRemoved: true);
    }

    private bool Publish(int rows, string registrationId, bool isRemoved = false)
    {
        if (rows > 0)
        {
            changes.Publish(new Change(ChangeKind.Enrollment, registrationId, isRemoved));
        }

        return rows > 0;
    }

    private static EnrollmentStatus ReadStatus(SqliteDataReader row) =>
        new(Read(row), row.IsDBNull(6) ? null : row.GetString(6), row.IsDBNull(7) ? null : Timestamps.Parse(row.GetString(7)));

    private static Enrollment Read(SqliteDataReader row)
    {
        byte[]? certificate = row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3);
        Attestation attestation = certificate is null
            ? Attestation.FromKey(new SymmetricKey(row.GetFieldValue<byte[]>(4)))
            : Attestation.FromCertificate(certificate);
        return new Enrollment(
            row.GetString(0), row.GetString(1), row.GetBoolean(2), certificate, attestation, Timestamps.Parse(row.GetString(5)));
    }
}
