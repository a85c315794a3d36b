using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>Versions, ETags and metadata of twins.</summary>
[TestClass]
public sealed class TwinStoreTests : IDisposable
{
    private const string First = "2026-01-01T00:00:00.0000000Z";
    private const string Second = "2026-01-01T01:00:00.0000000Z";

    private static readonly DeviceAddress Lamp = new("hub", "lamp");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly HubStores _stores;

    public TwinStoreTests()
    {
        _stores = new HubStores(_folder.FullPath, _clock);
        _stores.Devices.TryAdd(Lamp, new DeviceSettings(DeviceStoreTests.Key(Sas.Key)), null, _clock.GetUtcNow());
    }

    public void Dispose()
    {
        _stores.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public void The_ETag_changes_with_the_clouds_changes_and_the_version_with_all()
    {
        Twin fresh = _stores.Twins.Find(Lamp)!;
        Assert.AreEqual("AAAAAAAAAAE=", fresh.ETag);
        Twin reported = _stores.Twins.Report(Lamp, Json("""{"a":1}"""));
        Assert.AreEqual(fresh.ETag, reported.ETag);
        Assert.AreEqual(fresh.Version + 1, reported.Version);
        Twin tagged = _stores.Twins.Change(Lamp, new TwinUpdate(Json("""{"site":1}"""), null));
        Assert.AreEqual("AAAAAAAAAAI=", tagged.ETag);
        Assert.AreEqual(fresh.Version + 2, tagged.Version);
        Assert.AreEqual(1, tagged.Desired.Version);
    }

    [TestMethod]
    public void A_change_with_another_ETag_is_refused()
    {
        HubException error = Assert.ThrowsExactly<HubException>(
            () => _stores.Twins.Change(Lamp, new TwinUpdate(Json("""{"site":1}"""), null), "AAAAAAAAAAI="));
        Assert.AreEqual(HubErrorCode.PreconditionFailed, error.Code);
        Assert.IsEmpty(_stores.Twins.Find(Lamp)!.Tags);
        _stores.Twins.Change(Lamp, new TwinUpdate(Json("""{"site":1}"""), null), "AAAAAAAAAAE=");
        Assert.HasCount(1, _stores.Twins.Find(Lamp)!.Tags);
    }

    [TestMethod]
    public void Metadata_says_when_each_level_was_changed()
    {
        _stores.Twins.Change(Lamp, new TwinUpdate(null, Json("""{"a":{"b":1,"c":2},"d":3}""")));
        _clock.Advance(TimeSpan.FromHours(1));
        TwinProperties desired = _stores.Twins.Change(Lamp, new TwinUpdate(null, Json("""{"a":{"b":4},"d":null}"""))).Desired;

        AssertJson($$$"""
            {"$lastUpdated":"{{{Second}}}","$lastUpdatedVersion":3,"a":{"$lastUpdated":"{{{Second}}}","$lastUpdatedVersion":3,
            "b":{"$lastUpdated":"{{{Second}}}","$lastUpdatedVersion":3},"c":{"$lastUpdated":"{{{First}}}","$lastUpdatedVersion":2} }}
            """, desired.Metadata);
        AssertJson("""{"a":{"b":4,"c":2}}""", desired.Values);
        AssertJson(
            $$$"""{"$lastUpdated":"{{{Second}}}","e":{"$lastUpdated":"{{{Second}}}"}}""",
            _stores.Twins.Report(Lamp, Json("""{"e":1}""")).Reported.Metadata);
    }

    [TestMethod]
    public void What_replaces_leaves_nothing_of_what_was()
    {
        _stores.Twins.Change(Lamp, new TwinUpdate(Json("""{"site":1}"""), Json("""{"a":{"b":1}}""")));
        Twin twin = _stores.Twins.Change(Lamp, new TwinUpdate(null, Json("""{"a":{"c":{"d":null}}}"""), Replace: true));

        AssertJson("""{"a":{"c":{}}}""", twin.Desired.Values);
        AssertJson("""{"site":1}""", twin.Tags);
        Assert.AreEqual(3, twin.Desired.Version);
        Assert.IsNull(twin.Desired.Metadata["a"]!["b"]);
    }

    private static JsonObject Json(string json) => JsonNode.Parse(json)!.AsObject();

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
