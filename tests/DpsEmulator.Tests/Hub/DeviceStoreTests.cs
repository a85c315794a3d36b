using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>What DPS does with the devices of the hubs.</summary>
[TestClass]
public sealed class DeviceStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DeviceAddress Lamp = new("east", "lamp");
    private static readonly DeviceAddress Elsewhere = new("west", "lamp");
    private static readonly DeviceAuthentication FirstKey = Key(Sas.Key);
    private static readonly DeviceAuthentication SecondKey = Key(Sas.OtherKey);

    private readonly TemporaryFolder _folder = new();
    private readonly HubStores _stores;

    public DeviceStoreTests() => _stores = new HubStores(_folder.FullPath);

    public void Dispose()
    {
        _stores.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public void A_new_device_begins_with_the_initial_twin()
    {
        Device device = _stores.Devices.Provision(Lamp, "lamp", FirstKey, Twin("""{"colour":"red"}"""), Now);

        Assert.AreEqual(Lamp, device.Address);
        Assert.AreEqual("lamp", device.RegistrationId);
        Assert.AreEqual(Now, device.Created);
        Assert.IsTrue(device.Enabled);
        Assert.AreEqual("""{"colour":"red","$version":1}""", Desired(Lamp));
    }

    [TestMethod]
    public void A_device_that_registers_again_gets_the_credential_and_keeps_its_twin()
    {
        Device before = _stores.Devices.Provision(Lamp, "lamp", FirstKey, Twin("""{"colour":"red"}"""), Now);
        _stores.Twins.Report(Lamp, new JsonObject { ["on"] = true });

        Device after = _stores.Devices.Provision(Lamp, "lamp", SecondKey, Twin("""{"colour":"blue"}"""), Now.AddHours(1));

        CollectionAssert.AreEqual(Convert.FromBase64String(Sas.OtherKey), after.Authentication.Primary);
        Assert.AreEqual(Now, after.Created);
        Assert.AreEqual(Now.AddHours(1), after.Updated);
        Assert.AreEqual(before.GenerationId, after.GenerationId);
        Assert.AreNotEqual(before.ETag, after.ETag);
        Assert.AreEqual("""{"colour":"red","$version":1}""", Desired(Lamp));
        Assert.AreEqual("""{"on":true,"$version":2}""", _stores.Twins.Find(Lamp)!.Reported.ForDevice().ToJsonString());
    }

    [TestMethod]
    public void A_device_that_moves_takes_everything_along_and_replaces_what_had_its_name_there()
    {
        _stores.Devices.Provision(Lamp, "lamp", FirstKey, Twin("""{"colour":"red"}"""), Now);
        _stores.Devices.TryAdd(Elsewhere, new DeviceSettings(SecondKey), null, Now);
        _stores.Telemetry.Add(Elsewhere, new Dictionary<string, string>(), "theirs"u8.ToArray());
        _stores.Telemetry.Add(Lamp, new Dictionary<string, string>(), "mine"u8.ToArray());

        Assert.IsTrue(_stores.Devices.Move(Lamp, "west"));

        Assert.IsNull(_stores.Devices.Find(Lamp));
        CollectionAssert.AreEqual(FirstKey.Primary, _stores.Devices.Find(Elsewhere)!.Authentication.Primary);
        Assert.AreEqual("""{"colour":"red","$version":1}""", Desired(Elsewhere));
        CollectionAssert.AreEqual("mine"u8.ToArray(), _stores.Telemetry.After(Elsewhere, 0, 10).Single().Payload);
    }

    [TestMethod]
    public void Only_a_device_that_is_there_moves()
    {
        _stores.Devices.TryAdd(Elsewhere, new DeviceSettings(SecondKey), null, Now);

        Assert.IsFalse(_stores.Devices.Move(Lamp, "west"), "there is none");
        Assert.IsNotNull(_stores.Devices.Find(Elsewhere), "what is there stays");
        Assert.IsTrue(_stores.Devices.Move(Elsewhere, "west"), "it is there already");
        Assert.IsNotNull(_stores.Devices.Find(Elsewhere));
    }

    [TestMethod]
    public void Device_IDs_differ_by_case()
    {
        Assert.IsTrue(_stores.Devices.TryAdd(Lamp, new DeviceSettings(FirstKey), null, Now));
        Assert.IsTrue(_stores.Devices.TryAdd(Lamp with { DeviceId = "LAMP" }, new DeviceSettings(SecondKey), null, Now));
        Assert.IsFalse(_stores.Devices.TryAdd(Lamp, new DeviceSettings(SecondKey), null, Now));
        Assert.IsTrue(_stores.Devices.Remove(Lamp));
        Assert.IsFalse(_stores.Devices.Remove(Lamp));
        Assert.HasCount(1, _stores.Devices.List("east"));
    }

    private string Desired(DeviceAddress device) => _stores.Twins.Find(device)!.Desired.ForDevice().ToJsonString();

    internal static DeviceAuthentication Key(string primary) => DeviceAuthentication.FromKeys(SymmetricKey.Parse(primary));

    private static InitialTwin Twin(string desired) => new([], JsonNode.Parse(desired)!.AsObject());
}
