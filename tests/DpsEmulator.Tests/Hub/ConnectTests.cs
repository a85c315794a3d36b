using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>Who may connect to the hub.</summary>
[TestClass]
public sealed class ConnectTests
{
    [TestMethod]
    [DataRow(Id, "other.azure-devices.net/" + Id + "/?api-version=2021-04-12", DisplayName = "another hub")]
    [DataRow(Id, "devkit-emulator.azure-devices.net/" + Id + "/?api-version=2021-04-13", DisplayName = "an unknown API version")]
    [DataRow(Id, "devkit-emulator.azure-devices.net/" + Id + "/?api-version=", DisplayName = "an empty API version")]
    [DataRow(Id, "devkit-emulator.azure-devices.net/" + Id + "/module/?api-version=2021-04-12", DisplayName = "a module")]
    [DataRow(Id, "devkit-emulator.azure-devices.net/nobody/?api-version=2021-04-12", DisplayName = "another device")]
    [DataRow("nobody", "devkit-emulator.azure-devices.net/nobody/?api-version=2021-04-12", DisplayName = "a device that never registered")]
    [DataRow(Id, "", DisplayName = "an empty user name")]
    [DataRow(Id, null, DisplayName = "no user name")]
    public async Task A_wrong_CONNECT_is_not_authorized(string clientId, string? userName)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await TestDevice.TryConnectAsync(cloud, certificate, clientId, userName));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("/")]
    [DataRow("/?api-version=2016-11-14")]
    [DataRow("/api-version=2018-06-30")]
    [DataRow("/?DeviceClientType=test&api-version=2021-04-12")]
    public async Task The_user_name_may_name_an_API_version(string end)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        Assert.AreEqual(
            MqttConnectReturnCode.Accepted,
            await TestDevice.TryConnectAsync(cloud, certificate, Id, $"{cloud.Host.HubName}/{Id}{end}"),
            cloud.Log);
    }

    [TestMethod]
    public async Task A_device_ID_may_have_all_that_Azure_allows_and_differs_by_case()
    {
        const string Odd = "a-:.%_*?!(),=@;$'Z";
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.AddDeviceAsync(Odd, Sas.Key);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        await using TestDevice other = await TestDevice.OpenAsync(cloud, null);
        string token = Sas.Create($"{cloud.Host.HubName}/devices/{Odd}", Sas.Key);

        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await other.ConnectHubAsync(Odd.ToUpperInvariant(), token));
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await device.ConnectHubAsync(Odd, token), cloud.Log);
        await device.PublishAsync($"devices/{Odd}/messages/events/", "hello");
        JsonNode page = await cloud.GetTelemetryAsync(Odd);
        Assert.AreEqual("hello", (string?)page["messages"]!.AsArray().Single()!["text"]);
    }

    [TestMethod]
    public async Task Another_certificate_than_the_registered_one_is_not_authorized()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using DeviceCertificate other = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);

        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await TestDevice.TryConnectAsync(cloud, other, Id, UserName));
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await TestDevice.TryConnectAsync(cloud, null, Id, UserName));
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await TestDevice.TryConnectAsync(cloud, certificate, Id, UserName));
    }

    [TestMethod]
    public async Task A_device_of_MQTT_5_is_told_the_protocol_version()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        await device.SendBytesAsync(0x10, 0x0D, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5, 2, 0, 0, 0, 0, 0);
        Assert.AreEqual(MqttConnectReturnCode.UnacceptableProtocolVersion, (await device.ReceiveAsync<ConnackPacket>()).ReturnCode);
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    [DataRow("C000", DisplayName = "PINGREQ first")]
    [DataRow("FFFF", DisplayName = "no packet at all")]
    [DataRow("10FFFFFF7F", DisplayName = "an enormous CONNECT")]
    public async Task What_is_no_CONNECT_closes_the_connection(string hex)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        await device.SendBytesAsync(Convert.FromHexString(hex));
        await device.ExpectCloseAsync();
    }
}
