using System.Text.Json;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Hub;

/// <summary>
/// Messages to devices. One that is being delivered is locked for a minute; it is completed when its device has acknowledged it,
/// abandoned when the connection ends before that, and dead-lettered, which is the end of it, when it was abandoned too often or
/// is over. A lock that ends by itself is not counted, as Azure's documentation has it.
/// </summary>
internal sealed class CloudMessageStore(Database database, FeedbackStore feedback, ChangeFeed changes, TimeProvider clock)
{
    /// <summary>A hub holds this many for a device, and refuses more.</summary>
    internal const int MaximumQueued = 50;

    /// <summary>How often a message may be abandoned.</summary>
    internal const int MaximumDeliveries = 10;

    /// <summary>For how long a message that is being delivered is not delivered again.</summary>
    internal static readonly TimeSpan LockDuration = TimeSpan.FromMinutes(1);

    /// <summary>How long a message waits whose sender says nothing else.</summary>
    internal static readonly TimeSpan StandardLifetime = TimeSpan.FromHours(1);

    private const string ThisDevice = "device = (SELECT id FROM device WHERE hub = $hub AND device_id = $id)";

    /// <summary>Queues a message; false when the device's queue is full, or there is no such device.</summary>
    internal bool TryAdd(DeviceAddress device, NewCloudMessage message)
    {
        Expire();
        bool isAdded = database.Execute(
            """
            INSERT INTO cloud_message (device, message_id, properties, payload, ack, expires, deliveries)
            SELECT id, $message, $properties, $payload, $ack, $expires, 0 FROM device AS d
            WHERE hub = $hub AND device_id = $id AND (SELECT COUNT(*) FROM cloud_message WHERE device = d.id) < $maximum
            """,
            [
                .. device.Parameters,
                ("$message", message.MessageId),
                ("$properties", JsonSerializer.Serialize(message.GetTopicProperties(device.DeviceId))),
                ("$payload", message.Payload),
                ("$ack", (int)message.Ack),
                ("$expires", Timestamps.ToText(message.Expires ?? clock.GetUtcNow() + StandardLifetime)),
                ("$maximum", MaximumQueued),
            ]) > 0;
        if (isAdded)
        {
            Publish(device);
        }

        return isAdded;
    }

    /// <summary>Locks the oldest message that is free, to be delivered; null when there is none.</summary>
    internal CloudMessage? Lock(DeviceAddress device)
    {
        Expire();
        DateTimeOffset now = clock.GetUtcNow();
        return database.Query(
            $"""
            UPDATE cloud_message SET locked_until = $until
            WHERE sequence = (SELECT MIN(sequence) FROM cloud_message WHERE {ThisDevice} AND (locked_until IS NULL OR locked_until <= $now))
            RETURNING sequence, properties, payload
            """,
            Read,
            [.. device.Parameters, ("$now", Timestamps.ToText(now)), ("$until", Timestamps.ToText(now + LockDuration))])
            .FirstOrDefault();
    }

    /// <summary>The device has the message.</summary>
    internal void Complete(long sequence) => End("sequence = $sequence", MessageAck.Positive, "Success", ("$sequence", sequence));

    /// <summary>The message cannot be delivered to anybody.</summary>
    internal void Reject(long sequence) => End("sequence = $sequence", MessageAck.Negative, "Rejected", ("$sequence", sequence));

    /// <summary>The message was locked and not delivered after all.</summary>
    internal void Release(long sequence) =>
        database.Execute("UPDATE cloud_message SET locked_until = NULL WHERE sequence = $sequence", ("$sequence", sequence));

    /// <summary>The connection ended before the device acknowledged the message.</summary>
    internal void Abandon(long sequence)
    {
        database.Execute(
            "UPDATE cloud_message SET locked_until = NULL, deliveries = deliveries + 1 WHERE sequence = $sequence",
            ("$sequence", sequence));
        End(
            "sequence = $sequence AND deliveries >= $maximum",
            MessageAck.Negative,
            "DeliveryCountExceeded",
            ("$sequence", sequence),
            ("$maximum", MaximumDeliveries));
    }

    /// <summary>Removes all that waits for a device; returns how many messages that were.</summary>
    internal int Purge(DeviceAddress device) => End(ThisDevice, MessageAck.Negative, "Purged", device.Parameters);

    /// <summary>Dead-letters what is over.</summary>
    internal void Expire() => End(
        "expires <= $now AND (locked_until IS NULL OR locked_until <= $now)",
        MessageAck.Negative,
        "Expired",
        ("$now", Timestamps.ToText(clock.GetUtcNow())));

    /// <summary>Removes messages, and notes it for those who want to hear of it.</summary>
    private int End(string condition, MessageAck kind, string status, params (string Name, object? Value)[] values)
    {
        List<(long Device, DeviceAddress Address, string MessageId, MessageAck Ack)> ended = database.Query(
            $"""
            DELETE FROM cloud_message WHERE {condition} RETURNING device, message_id, ack,
                (SELECT hub FROM device WHERE id = cloud_message.device),
                (SELECT device_id FROM device WHERE id = cloud_message.device)
            """,
            row => (row.GetInt64(0), new DeviceAddress(row.GetString(3), row.GetString(4)), row.GetString(1), (MessageAck)row.GetInt32(2)),
            values);
        foreach ((long device, DeviceAddress address, string messageId, MessageAck ack) in ended)
        {
            Publish(address);
            if (ack.HasFlag(kind))
            {
                feedback.Add(device, messageId, status);
            }
        }

        return ended.Count;
    }

    private void Publish(DeviceAddress device) => changes.Publish(new Change(ChangeKind.Message, device.DeviceId, Hub: device.Hub));

    private static CloudMessage Read(SqliteDataReader row) =>
        new(row.GetInt64(0), JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(1))!, row.GetFieldValue<byte[]>(2));
}
