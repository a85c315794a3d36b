using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The devices' twins.</summary>
internal sealed class TwinStore(Database database, ChangeFeed changes, TimeProvider clock)
{
    /// <summary>What <see cref="Read"/> reads of a row of <c>device AS d</c>.</summary>
    internal const string Columns = """
        d.tags, d.desired, d.desired_metadata, d.desired_version, d.reported, d.reported_metadata, d.reported_version,
        d.twin_version, d.twin_revision
        """;

    private const string Update = """
        UPDATE device SET tags = $tags,
            desired = $desired, desired_metadata = $desired_metadata, desired_version = $desired_version,
            reported = $reported, reported_metadata = $reported_metadata, reported_version = $reported_version,
            twin_version = $twin_version, twin_revision = $twin_revision
        WHERE hub = $hub AND device_id = $id
        """;

    private readonly Lock _gate = new();

    /// <summary>A device's twin; null when there is no such device.</summary>
    internal Twin? Find(DeviceAddress device) =>
        database.Query(
            $"SELECT {Columns} FROM device AS d WHERE hub = $hub AND device_id = $id", row => Read(row, 0), device.Parameters)
            .FirstOrDefault();

    /// <summary>Changes the reported properties; returns the twin as it is now.</summary>
    /// <exception cref="HubException">There is no such device, or the properties would be too large.</exception>
    internal Twin Report(DeviceAddress device, JsonObject patch) => Change(device, twin => twin with
    {
        Reported = twin.Reported.With(patch, replace: false, clock.GetUtcNow(), isVersioned: false),
        Version = twin.Version + 1,
    });

    /// <summary>Changes tags and desired properties; returns the twin as it is now.</summary>
    /// <param name="device">The device.</param>
    /// <param name="update">The change.</param>
    /// <param name="etag">The ETag that the twin has to have, without quotes; null for any.</param>
    /// <exception cref="HubException">There is no such device, its twin has another ETag, or would be too large.</exception>
    internal Twin Change(DeviceAddress device, TwinUpdate update, string? etag = null) => Change(device, twin =>
    {
        if (etag is not null && etag != twin.ETag)
        {
            throw new HubException(
                HubErrorCode.PreconditionFailed, $"Precondition failed: the twin's ETag is {twin.ETag}, and the request's is {etag}.");
        }

        JsonObject tags = twin.Tags;
        if (update.Tags is not null)
        {
            tags = TwinPatch.Apply(update.Replace ? [] : tags, update.Tags);
            TwinPatch.ValidateSize(tags, TwinPatch.MaximumTags);
        }

        return twin with
        {
            Tags = tags,
            Desired = update.Desired is null
                ? twin.Desired
                : twin.Desired.With(update.Desired, update.Replace, clock.GetUtcNow(), isVersioned: true),
            Version = twin.Version + 1,
            Revision = twin.Revision + 1,
        };
    });

    /// <summary>A twin from a row that has <see cref="Columns"/> from a column on.</summary>
    internal static Twin Read(SqliteDataReader row, int column) => new(
        Parse(row.GetString(column)),
        new TwinProperties(Parse(row.GetString(column + 1)), Parse(row.GetString(column + 2)), row.GetInt64(column + 3)),
        new TwinProperties(Parse(row.GetString(column + 4)), Parse(row.GetString(column + 5)), row.GetInt64(column + 6)),
        row.GetInt64(column + 7),
        row.GetInt64(column + 8));

    /// <summary>The values of a statement that writes a twin.</summary>
    internal static (string Name, object? Value)[] Values(Twin twin) =>
    [
        ("$tags", twin.Tags.ToJsonString()),
        ("$desired", twin.Desired.Values.ToJsonString()),
        ("$desired_metadata", twin.Desired.Metadata.ToJsonString()),
        ("$desired_version", twin.Desired.Version),
        ("$reported", twin.Reported.Values.ToJsonString()),
        ("$reported_metadata", twin.Reported.Metadata.ToJsonString()),
        ("$reported_version", twin.Reported.Version),
        ("$twin_version", twin.Version),
        ("$twin_revision", twin.Revision),
    ];

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private Twin Change(DeviceAddress device, Func<Twin, Twin> change)
    {
        lock (_gate)
        {
            Twin twin = change(Find(device) ?? throw HubException.DeviceNotFound(device));
            database.Execute(Update, [.. device.Parameters, .. Values(twin)]);
            changes.Publish(new Change(ChangeKind.Twin, device.DeviceId, Hub: device.Hub));
            return twin;
        }
    }
}
