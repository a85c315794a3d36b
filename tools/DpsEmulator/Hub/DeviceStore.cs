using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The devices of all hubs. One that goes loses its connection with it.</summary>
internal sealed class DeviceStore(Database database, DeviceConnections connections, ChangeFeed changes)
{
    private const string Columns = """
        d.hub, d.device_id, d.registration_id, d.authentication, d.primary_secret, d.secondary_secret, d.enabled, d.status_reason,
        d.status_updated, d.generation_id, d.etag, d.created, d.updated, d.connected, d.connection_updated, d.last_activity
        """;

    private const string StatusQuery = $"""
        SELECT {Columns}, {TwinStore.Columns}, (SELECT COUNT(*) FROM cloud_message WHERE device = d.id),
            t.sequence, t.received, t.properties, t.payload
        FROM device AS d LEFT JOIN telemetry AS t ON t.sequence = (SELECT MAX(sequence) FROM telemetry WHERE device = d.id)
        """;

    private const string ThisDevice = "hub = $hub AND device_id = $id";

    /// <summary>Devices of a hub, by their names.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="after">The name behind which to begin; "" for the first.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="filter">Which ones; null for all.</param>
    internal IReadOnlyList<DeviceStatus> List(string hub, string after = "", int limit = int.MaxValue, SqlFilter? filter = null) =>
        database.Scan(
            $"{StatusQuery} WHERE hub = $hub AND d.device_id > $after AND {filter?.Condition ?? "1"} ORDER BY d.device_id LIMIT $limit",
            ReadStatus,
            [("$hub", hub), ("$after", after), ("$limit", limit), .. filter?.Values ?? []]);

    internal DeviceCounts Count(string hub) => database.Scan(
        "SELECT COUNT(*), COALESCE(SUM(enabled), 0), COALESCE(SUM(connected), 0) FROM device WHERE hub = $hub",
        row => new DeviceCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
        ("$hub", hub))[0];

    internal DeviceStatus? FindStatus(DeviceAddress address) =>
        database.Query($"{StatusQuery} WHERE {ThisDevice}", ReadStatus, address.Parameters).FirstOrDefault();

    internal Device? Find(DeviceAddress address) =>
        database.Query($"SELECT {Columns} FROM device AS d WHERE {ThisDevice}", Read, address.Parameters).FirstOrDefault();

    /// <summary>Makes a device, or gives an existing one the credential of this registration; its twin and status stay.</summary>
    /// <param name="address">The hub that it is assigned to, and its name there.</param>
    /// <param name="registrationId">Whose registration this is.</param>
    /// <param name="authentication">What it has to prove itself with from now on.</param>
    /// <param name="twin">The twin of a new device; null for an empty one.</param>
    /// <param name="now">The time.</param>
    internal Device Provision(
        DeviceAddress address, string registrationId, DeviceAuthentication authentication, InitialTwin? twin, DateTimeOffset now)
    {
        Insert(
            """
            (hub, device_id) DO UPDATE SET registration_id = $registration, authentication = $authentication,
                primary_secret = $primary, secondary_secret = $secondary, updated = $now, etag = $etag
            """,
            address,
            registrationId,
            new DeviceSettings(authentication),
            twin,
            now);
        changes.Publish(new Change(ChangeKind.Registration, registrationId));
        return Find(address)!;
    }

    /// <summary>Makes a device without a registration; false when there is one of this name already.</summary>
    internal bool TryAdd(DeviceAddress address, DeviceSettings settings, InitialTwin? twin, DateTimeOffset now) =>
        Insert("DO NOTHING", address, null, settings, twin, now);

    /// <summary>Changes a device; one that is disabled loses its connection.</summary>
    /// <param name="address">The device.</param>
    /// <param name="settings">What it is to be.</param>
    /// <param name="etag">The ETag that it has to have; null for any.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="HubException">There is no such device, or it has another ETag.</exception>
    internal void Update(DeviceAddress address, DeviceSettings settings, string? etag, DateTimeOffset now)
    {
        int changed = database.Execute(
            $"""
            UPDATE device SET authentication = $authentication, primary_secret = $primary, secondary_secret = $secondary,
                status_updated = CASE WHEN enabled = $enabled THEN status_updated ELSE $now END,
                enabled = $enabled, status_reason = $reason, etag = $etag
            WHERE {ThisDevice} AND etag = COALESCE($match, etag)
            """,
            [.. address.Parameters, .. Values(settings), ("$match", etag), ("$now", Timestamps.ToText(now))]);
        if (changed == 0)
        {
            throw Missing(address, etag);
        }

        if (!settings.Enabled)
        {
            connections.Find(address)?.Abort("the device was disabled");
        }

        changes.Publish(new Change(ChangeKind.Device, address.DeviceId, Hub: address.Hub));
    }

    /// <summary>A device has connected, or its connection has ended.</summary>
    internal void SetConnected(DeviceAddress address, bool connected, DateTimeOffset now) => database.Execute(
        $"UPDATE device SET connected = $connected, connection_updated = $now, last_activity = $now WHERE {ThisDevice}",
        [.. address.Parameters, ("$connected", connected), ("$now", Timestamps.ToText(now))]);

    /// <summary>Nobody is connected: what is remembered of connections is of an emulator that has ended.</summary>
    internal void ForgetConnections() => database.Execute("UPDATE device SET connected = 0 WHERE connected");

    /// <summary>
    /// Moves a device to another hub with all that the first one has of it, in place of whatever has its name there; false when there
    /// is no such device.
    /// </summary>
    internal bool Move(DeviceAddress from, string hub)
    {
        var to = new DeviceAddress(hub, from.DeviceId);
        if (from == to || Find(from) is null)
        {
            return from == to;
        }

        Remove(to);
        database.Execute($"UPDATE device SET hub = $to WHERE {ThisDevice}", [("$to", hub), .. from.Parameters]);
        Close(from, $"the device was moved to {hub}");
        changes.Publish(new Change(ChangeKind.Device, to.DeviceId, Hub: to.Hub));
        return true;
    }

    /// <summary>Removes a device that has to be there, and to have an ETag; null for any.</summary>
    /// <exception cref="HubException">There is no such device, or it has another ETag.</exception>
    internal void Remove(DeviceAddress address, string? etag)
    {
        if (!TryRemove(address, etag))
        {
            throw Missing(address, etag);
        }
    }

    /// <summary>Removes a device, and its messages with it; false when there is none.</summary>
    internal bool Remove(DeviceAddress address) => TryRemove(address, null);

    private static (string Name, object? Value)[] Values(DeviceSettings settings) =>
    [
        ("$authentication", (int)settings.Authentication.Type),
        ("$primary", settings.Authentication.Primary),
        ("$secondary", settings.Authentication.Secondary),
        ("$enabled", settings.Enabled),
        ("$reason", settings.StatusReason),
        ("$etag", CreateETag()),
    ];

    private HubException Missing(DeviceAddress address, string? etag) => Find(address) is { } present
        ? new HubException(
            HubErrorCode.PreconditionFailed,
            $"Precondition failed: Device version did not match, existing ETag: {present.ETag}, of the request: {etag}")
        : HubException.DeviceNotFound(address);

    private bool TryRemove(DeviceAddress address, string? etag)
    {
        List<string?> removed = database.Query(
            $"DELETE FROM device WHERE {ThisDevice} AND etag = COALESCE($match, etag) RETURNING registration_id",
            row => row.IsDBNull(0) ? null : row.GetString(0),
            [.. address.Parameters, ("$match", etag)]);
        foreach (string? registrationId in removed)
        {
            Close(address, "the device was removed");
            if (registrationId is not null)
            {
                changes.Publish(new Change(ChangeKind.Registration, registrationId));
            }
        }

        return removed.Count > 0;
    }

    private void Close(DeviceAddress address, string reason)
    {
        connections.Find(address)?.Abort(reason);
        changes.Publish(new Change(ChangeKind.Device, address.DeviceId, Removed: true, address.Hub));
    }

    private bool Insert(
        string onConflict,
        DeviceAddress address,
        string? registrationId,
        DeviceSettings settings,
        InitialTwin? twin,
        DateTimeOffset now)
    {
        int changed = database.Execute(
            $$"""
            INSERT INTO device (hub, device_id, registration_id, authentication, primary_secret, secondary_secret, enabled,
                status_reason, generation_id, etag, created, updated, connected, tags, desired, desired_metadata, desired_version,
                reported, reported_metadata, reported_version, twin_version, twin_revision)
            VALUES ($hub, $id, $registration, $authentication, $primary, $secondary, $enabled,
                $reason, $generation, $etag, $now, $now, 0, $tags, $desired, $desired_metadata, $desired_version,
                $reported, $reported_metadata, $reported_version, $twin_version, $twin_revision)
            ON CONFLICT {{onConflict}}
            """,
            [
                .. address.Parameters,
                .. Values(settings),
                .. TwinStore.Values(Twin.Create(twin, now)),
                ("$registration", registrationId),
                ("$generation", now.UtcTicks.ToString(CultureInfo.InvariantCulture)),
                ("$now", Timestamps.ToText(now)),
            ]);
        if (changed > 0)
        {
            changes.Publish(new Change(ChangeKind.Device, address.DeviceId, Hub: address.Hub));
        }

        return changed > 0;
    }

    /// <summary>As a hub's: a number in base64.</summary>
    private static string CreateETag() =>
        Convert.ToBase64String(
            Encoding.ASCII.GetBytes(RandomNumberGenerator.GetInt32(1, int.MaxValue).ToString(CultureInfo.InvariantCulture)));

    private static Device Read(SqliteDataReader row) =>
        new(
            new DeviceAddress(row.GetString(0), row.GetString(1)),
            row.IsDBNull(2) ? null : row.GetString(2),
            new DeviceAuthentication(
                (AuthenticationType)row.GetInt32(3),
                row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
                row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5)),
            row.GetBoolean(6),
            row.IsDBNull(7) ? null : row.GetString(7),
            ReadTime(row, 8),
            row.GetString(9),
            row.GetString(10),
            Timestamps.Parse(row.GetString(11)),
            Timestamps.Parse(row.GetString(12)),
            new ConnectionState(row.GetBoolean(13), ReadTime(row, 14), ReadTime(row, 15)));

    private static DeviceStatus ReadStatus(SqliteDataReader row) =>
        new(Read(row), TwinStore.Read(row, 16), row.GetInt64(25), row.IsDBNull(26) ? null : TelemetryStore.Read(row, 26));

    private static DateTimeOffset? ReadTime(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : Timestamps.Parse(row.GetString(column));
}
