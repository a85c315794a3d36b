using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>Several hubs in one emulator, whose devices have nothing to do with each other.</summary>
[TestClass]
public sealed class HubsTests
{
    private const string East = "east.azure-devices.net";
    private const string West = "west.azure-devices.net";

    [TestMethod]
    public async Task The_user_name_says_which_hub_and_each_has_a_device_of_that_name_for_itself()
    {
        using var folder = new TemporaryFolder();
        using (var stores = new HubStores(folder.FullPath))
        {
            Assert.IsTrue(
                stores.Devices.TryAdd(new DeviceAddress(East, "lamp"), new DeviceSettings(Keys(Sas.Key)), null, DateTimeOffset.UtcNow));
            Assert.IsTrue(
                stores.Devices.TryAdd(
                    new DeviceAddress(West, "lamp"), new DeviceSettings(Keys(Sas.OtherKey)), null, DateTimeOffset.UtcNow));
        }

        await using Cloud cloud = await Cloud.StartAsync(folder.FullPath, hubNames: [East, West]);
        await using TestDevice atEast = await TestDevice.OpenAsync(cloud, null);
        await using TestDevice atWest = await TestDevice.OpenAsync(cloud, null);
        await using TestDevice astray = await TestDevice.OpenAsync(cloud, null);

        Assert.AreEqual(MqttConnectReturnCode.Accepted, await ConnectAsync(atEast, East, Sas.Key), cloud.Log);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await ConnectAsync(atWest, "WEST.azure-devices.net", Sas.OtherKey), cloud.Log);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await ConnectAsync(astray, West, Sas.Key), cloud.Log);
        await atWest.PublishAsync("devices/lamp/messages/events/", "west");
        await atEast.PublishAsync("devices/lamp/messages/events/", "east");
        Assert.AreEqual("east", await cloud.GetLatestTextAsync("lamp"));
    }

    private static DeviceAuthentication Keys(string primary) => DeviceAuthentication.FromKeys(SymmetricKey.Parse(primary));

    private static Task<MqttConnectReturnCode> ConnectAsync(TestDevice device, string hub, string key) =>
        device.ConnectAsync("lamp", $"{hub}/lamp/?api-version=2021-04-12", Sas.Create($"{hub}/devices/lamp", key));
}
