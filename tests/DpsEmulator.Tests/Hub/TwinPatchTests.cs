using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>How large and how deep tags and properties may be.</summary>
[TestClass]
public sealed class TwinPatchTests
{
    [TestMethod]
    [DataRow(10, true)]
    [DataRow(11, false)]
    public void Objects_are_nested_ten_deep_at_most(int depth, bool valid) =>
        Expect(Parse(string.Concat(Enumerable.Repeat("""{"a":""", depth)) + """{"property":1}""" + new string('}', depth)), valid);

    [TestMethod]
    [DataRow(4096, true)]
    [DataRow(4097, false)]
    public void A_text_has_4_KiB_at_most(int length, bool valid) => Expect(Parse($$"""{"a":"{{new string('x', length)}}"}"""), valid);

    [TestMethod]
    [DataRow(1024, true)]
    [DataRow(1025, false)]
    public void A_name_has_1_KiB_at_most(int length, bool valid) => Expect(Parse($$"""{"{{new string('x', length)}}":1}"""), valid);

    [TestMethod]
    [DataRow("4503599627370495", true)]
    [DataRow("4503599627370496", false)]
    [DataRow("-4503599627370496", true)]
    [DataRow("-4503599627370497", false)]
    [DataRow("99999999999999999999", false)]
    [DataRow("4.5e300", true)]
    public void Integers_have_53_bits(string number, bool valid) => Expect(Parse($$"""{"a":{{number}}}"""), valid);

    [TestMethod]
    [DataRow("""{"a.b":1}""")]
    [DataRow("""{"a":[{"$b":1}]}""")]
    [DataRow("""{"":1}""")]
    [DataRow("""{"\u0085":1}""")]
    [DataRow("[]")]
    [DataRow("")]
    public void Bad_names_and_what_is_no_object_are_refused(string json) => Expect(Parse(json), valid: false);

    [TestMethod]
    public void Names_and_values_count_numbers_as_eight_bytes_and_Booleans_as_four()
    {
        JsonObject document = JsonNode.Parse("""{"ä":1.5,"b":{"c":true,"d":["ef\n",null,2]}}""")!.AsObject();

        TwinPatch.ValidateSize(document, 2 + 8 + 1 + 1 + 4 + 1 + 2 + 8);
        HubException error = Assert.ThrowsExactly<HubException>(() => TwinPatch.ValidateSize(document, 26));
        Assert.AreEqual(HubErrorCode.ArgumentInvalid, error.Code);
        StringAssert.Contains(error.Message, "27 bytes");
    }

    [TestMethod]
    public void What_a_change_adds_to_counts_and_one_too_many_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var stores = new HubStores(folder.FullPath);
        var device = new DeviceAddress("hub", "lamp");
        stores.Devices.TryAdd(device, new DeviceSettings(DeviceStoreTests.Key(Sas.Key)), null, DateTimeOffset.UtcNow);
        for (int i = 0; i < 8; i++)
        {
            stores.Twins.Report(device, new JsonObject { [$"n{i}"] = new string('x', 4094) });
        }

        Assert.ThrowsExactly<HubException>(() => stores.Twins.Report(device, new JsonObject { ["m"] = 1 }));
        Assert.AreEqual(9, stores.Twins.Find(device)!.Reported.Version);
        Assert.ThrowsExactly<HubException>(() => stores.Twins.Change(device, new TwinUpdate(Large(9), null)));
        Assert.ThrowsExactly<HubException>(() => stores.Twins.Change(device, new TwinUpdate(null, Large(33))));
        Assert.AreEqual(1, stores.Twins.Change(device, new TwinUpdate(Large(7), Large(31))).Tags.First().Value!.AsArray().Count / 7);
    }

    private static JsonObject Large(int kibibytes) =>
        new() { ["a"] = new JsonArray([.. Enumerable.Repeat(new string('x', 1024), kibibytes).Select(text => (JsonNode)text)]) };

    private static Action Parse(string json) => () => TwinPatch.Parse(Encoding.UTF8.GetBytes(json));

    private static void Expect(Action action, bool valid)
    {
        if (valid)
        {
            action();
        }
        else
        {
            Assert.AreEqual(HubErrorCode.ArgumentInvalid, Assert.ThrowsExactly<HubException>(action).Code);
        }
    }
}
