using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Hub;

/// <summary>What became of messages to devices, for the back end of each hub to fetch, up to 64 records at a time.</summary>
internal sealed class FeedbackStore(Database database, TimeProvider clock)
{
    /// <summary>How many records are fetched together.</summary>
    private const int BatchSize = 64;

    /// <summary>How often a record is fetched without being completed.</summary>
    private const int MaximumDeliveries = 10;

    private static readonly TimeSpan LockDuration = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Notes the end of a message.</summary>
    /// <param name="device">The row of its device, with which the record goes.</param>
    /// <param name="messageId">The message's ID.</param>
    /// <param name="status">What became of it.</param>
    internal void Add(long device, string messageId, string status) => database.Execute(
        "INSERT INTO feedback (device, message_id, status, ended, deliveries) VALUES ($device, $message, $status, $now, 0)",
        ("$device", device),
        ("$message", messageId),
        ("$status", status),
        ("$now", Timestamps.ToText(clock.GetUtcNow())));

    /// <summary>Locks the oldest records of a hub for a minute; the token that completes or abandons them comes back with them.</summary>
    internal IReadOnlyList<FeedbackRecord> Lock(string hub, out string lockToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        database.Execute(
            "DELETE FROM feedback WHERE ended <= $old OR deliveries >= $maximum AND locked_until <= $now",
            ("$old", Timestamps.ToText(now - Lifetime)),
            ("$maximum", MaximumDeliveries),
            ("$now", Timestamps.ToText(now)));
        lockToken = Guid.NewGuid().ToString("D");
        database.Execute(
            """
            UPDATE feedback SET lock_token = $token, locked_until = $until, deliveries = deliveries + 1
            WHERE sequence IN (SELECT sequence FROM feedback AS f JOIN device AS d ON d.id = f.device
                WHERE d.hub = $hub AND (locked_until IS NULL OR locked_until <= $now) ORDER BY sequence LIMIT $limit)
            """,
            ("$hub", hub),
            ("$token", lockToken),
            ("$now", Timestamps.ToText(now)),
            ("$until", Timestamps.ToText(now + LockDuration)),
            ("$limit", BatchSize));
        return database.Query(
            """
            SELECT f.message_id, f.status, f.ended, d.device_id, d.generation_id
            FROM feedback AS f JOIN device AS d ON d.id = f.device WHERE f.lock_token = $token ORDER BY f.sequence
            """,
            row => new FeedbackRecord(
                row.GetString(0), row.GetString(1), Timestamps.Parse(row.GetString(2)), row.GetString(3), row.GetString(4)),
            ("$token", lockToken));
    }

    /// <summary>Removes locked records; false when the lock is over, or there was none.</summary>
    internal bool Complete(string lockToken) => Execute("DELETE FROM feedback", lockToken);

    /// <summary>Unlocks records; false when the lock is over, or there was none.</summary>
    internal bool Abandon(string lockToken) => Execute("UPDATE feedback SET locked_until = NULL, lock_token = NULL", lockToken);

    private bool Execute(string statement, string lockToken) => database.Execute(
        $"{statement} WHERE lock_token = $token AND locked_until > $now",
        ("$token", lockToken),
        ("$now", Timestamps.ToText(clock.GetUtcNow()))) > 0;
}
