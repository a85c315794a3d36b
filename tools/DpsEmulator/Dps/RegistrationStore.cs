using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Dps;

/// <summary>The registration records.</summary>
internal sealed class RegistrationStore(Database database, ChangeFeed changes)
{
    private const string Columns = """
        registration_id, enrollment_group, device_id, assigned_hub, status, substatus, error_code, error_message, created, updated, etag
        """;

    internal Registration? Find(string registrationId) =>
        database.Query($"SELECT {Columns} FROM registration WHERE registration_id = $id", Read, ("$id", registrationId)).FirstOrDefault();

    /// <summary>Some records, in the order of their IDs.</summary>
    /// <param name="group">The group that they came by; null for all there are.</param>
    /// <param name="after">Those behind this ID; "" for the first.</param>
    /// <param name="limit">How many at most.</param>
    internal IReadOnlyList<Registration> List(string? group, string after, int limit) =>
        database.Query(
            $"""
            SELECT {Columns} FROM registration WHERE registration_id > $after {(group is null ? "" : "AND enrollment_group = $group")}
            ORDER BY registration_id LIMIT $limit
            """,
            Read,
            ("$after", after),
            ("$group", group),
            ("$limit", limit));

    internal void Save(Registration registration)
    {
        database.Execute(
            $"""
            INSERT OR REPLACE INTO registration ({Columns})
            VALUES ($id, $group, $device, $hub, $status, $substatus, $code, $message, $created, $updated, $etag)
            """,
            ("$id", registration.RegistrationId),
            ("$group", registration.EnrollmentGroup),
            ("$device", registration.DeviceId),
            ("$hub", registration.AssignedHub),
            ("$status", registration.Status),
            ("$substatus", registration.Substatus),
            ("$code", registration.ErrorCode),
            ("$message", registration.ErrorMessage),
            ("$created", Timestamps.ToText(registration.Created)),
            ("$updated", Timestamps.ToText(registration.Updated)),
            ("$etag", registration.ETag));
        changes.Publish(new Change(ChangeKind.Registration, registration.RegistrationId));
    }

    /// <summary>Removes a record, if it is still as it was read: its device can register anew, and stays at its hub.</summary>
    internal bool TryRemove(Registration present)
    {
        int removed = database.Execute(
            "DELETE FROM registration WHERE registration_id = $id AND etag = $etag",
            ("$id", present.RegistrationId),
            ("$etag", present.ETag));
        if (removed > 0)
        {
            changes.Publish(new Change(ChangeKind.Registration, present.RegistrationId, Removed: true));
        }

        return removed > 0;
    }

    private static Registration Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            Text(row, 1),
            Text(row, 2),
            Text(row, 3),
            row.GetString(4),
            Text(row, 5),
            row.IsDBNull(6) ? null : row.GetInt32(6),
            Text(row, 7),
            Timestamps.Parse(row.GetString(8)),
            Timestamps.Parse(row.GetString(9)),
            row.GetString(10));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
