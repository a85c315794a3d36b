using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>The enrollments, individual ones and groups. IDs are one in any case, and shown as they were first written.</summary>
internal sealed class EnrollmentStore(Database database, ChangeFeed changes, TimeProvider clock)
{
    private const string Columns = "id, attestation, primary_value, secondary_value, settings, created, updated, etag";

    private static readonly JsonSerializerOptions Format = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Some enrollments, in the order of their IDs.</summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="after">Those behind this ID; "" for the first.</param>
    /// <param name="limit">How many at most.</param>
    internal IReadOnlyList<Enrollment> List(EnrollmentKind kind, string after, int limit) =>
        database.Query(
            $"SELECT {Columns} FROM enrollment WHERE kind = $kind AND id > $after ORDER BY id LIMIT $limit",
            row => Read(row, kind),
            ("$kind", (int)kind),
            ("$after", after),
            ("$limit", limit));

    internal Enrollment? Find(EnrollmentKind kind, string id) =>
        database.Query(
            $"SELECT {Columns} FROM enrollment WHERE kind = $kind AND id = $id",
            row => Read(row, kind),
            ("$kind", (int)kind),
            ("$id", id)).FirstOrDefault();

    /// <summary>The groups of a kind of proof.</summary>
    internal IReadOnlyList<Enrollment> FindGroups(AttestationType type) =>
        database.Query(
            $"SELECT {Columns} FROM enrollment WHERE kind = 1 AND attestation = $type ORDER BY id",
            row => Read(row, EnrollmentKind.Group),
            ("$type", (int)type));

    /// <summary>Adds an enrollment; null when there is one of this ID already.</summary>
    internal Enrollment? TryAdd(EnrollmentKind kind, string id, Attestation attestation, EnrollmentSettings settings)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var made = new Enrollment(kind, id, attestation, settings, now, now, NewETag());
        int added = database.Execute(
            $"""
            INSERT INTO enrollment (kind, {Columns}) VALUES ($kind, $id, $attestation, $primary, $secondary, $settings, $now, $now, $etag)
            ON CONFLICT DO NOTHING
            """,
            Values(made));
        return Publish(added, kind, id) ? made : null;
    }

    /// <summary>Changes an enrollment, if it is still as it was read; null when it is not.</summary>
    internal Enrollment? TryUpdate(Enrollment present, Attestation attestation, EnrollmentSettings settings)
    {
        Enrollment changed =
            present with { Attestation = attestation, Settings = settings, Updated = clock.GetUtcNow(), ETag = NewETag() };
        int rows = database.Execute(
            """
            UPDATE enrollment SET attestation = $attestation, primary_value = $primary, secondary_value = $secondary,
                settings = $settings, updated = $now, etag = $etag
            WHERE kind = $kind AND id = $id AND etag = $present
            """,
            [.. Values(changed), ("$present", present.ETag)]);
        return Publish(rows, present.Kind, present.Id) ? changed : null;
    }

    /// <summary>Removes an enrollment, if it is still as it was read.</summary>
    internal bool TryRemove(Enrollment present)
    {
        int removed = database.Execute(
            "DELETE FROM enrollment WHERE kind = $kind AND id = $id AND etag = $present",
            ("$kind", (int)present.Kind),
            ("$id", present.Id),
            ("$present", present.ETag));
        return Publish(removed, present.Kind, present.Id, isRemoved: true);
    }

    private bool Publish(int rows, EnrollmentKind kind, string id, bool isRemoved = false)
    {
        if (rows > 0)
        {
            ChangeKind change = kind == EnrollmentKind.Individual ? ChangeKind.Enrollment : ChangeKind.EnrollmentGroup;
            changes.Publish(new Change(change, id, isRemoved));
        }

        return rows > 0;
    }

    private static string NewETag() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(9));

    private static (string Name, object? Value)[] Values(Enrollment enrollment) =>
    [
        ("$kind", (int)enrollment.Kind),
        ("$id", enrollment.Id),
        ("$attestation", (int)enrollment.Attestation.Type),
        ("$primary", enrollment.Attestation.Primary),
        ("$secondary", enrollment.Attestation.Secondary),
        ("$settings", JsonSerializer.Serialize(enrollment.Settings, Format)),
        ("$now", Timestamps.ToText(enrollment.Updated)),
        ("$etag", enrollment.ETag),
    ];

    private static Enrollment Read(SqliteDataReader row, EnrollmentKind kind) =>
        new(
            kind,
            row.GetString(0),
            new Attestation(
                (AttestationType)row.GetInt32(1),
                row.GetFieldValue<byte[]>(2),
                row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3)),
            JsonSerializer.Deserialize<EnrollmentSettings>(row.GetString(4), Format)!,
            Timestamps.Parse(row.GetString(5)),
            Timestamps.Parse(row.GetString(6)),
            row.GetString(7));
}
