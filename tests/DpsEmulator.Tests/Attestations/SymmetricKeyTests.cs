using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using Microsoft.Extensions.Time.Testing;

namespace DevKit.DpsEmulator.Tests.Attestations;

/// <summary>Devices that prove themselves with a SAS token, at DPS and at the hub.</summary>
[TestClass]
public sealed class SymmetricKeyTests
{
    private const string Id = "my-devkit";

    [TestMethod]
    public async Task A_device_with_the_enrolled_key_is_assigned_and_reaches_the_hub_with_the_same_key()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id, Sas.Key);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);

        DpsReply reply = await device.RegisterAsync(Id, DpsToken(cloud));

        Assert.AreEqual("assigned", (string?)reply.Body["status"]);
        Assert.AreEqual(cloud.Host.HubName, (string?)reply.Body["registrationState"]!["assignedHub"]);
        Assert.AreEqual(Id, (string?)reply.Body["registrationState"]!["deviceId"]);
        await using TestDevice atHub = await TestDevice.OpenAsync(cloud, null);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await atHub.ConnectHubAsync(Id, HubToken(cloud)), cloud.Log);
        await atHub.PublishAsync($"devices/{Id}/messages/events/", "hello");
        Assert.AreEqual("hello", await cloud.GetLatestTextAsync(Id));
    }

    [TestMethod]
    [DataRow("sr={0}&sig={1}&skn=registration&se={2}", DisplayName = "as the SDKs send them")]
    [DataRow("se={2}&skn=registration&sig={1}&sr={0}", DisplayName = "backwards")]
    [DataRow("skn=registration&sr={0}&se={2}&sig={1}", DisplayName = "mixed")]
    public async Task The_fields_of_a_token_come_in_any_order(string form)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id, Sas.Key);
        (string sr, string sig, string se) = Sas.Fields($"{cloud.Host.IdScope}/registrations/{Id}", Sas.Key);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);

        string token = "SharedAccessSignature " + string.Format(System.Globalization.CultureInfo.InvariantCulture, form, sr, sig, se);
        Assert.AreEqual("assigned", (string?)(await device.RegisterAsync(Id, token)).Body["status"], cloud.Log);
    }

    [TestMethod]
    public async Task A_token_whose_resource_is_escaped_in_lower_case_is_signed_as_it_stands()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id, Sas.Key);
        (string sr, _, string se) = Sas.Fields($"{cloud.Host.IdScope}/registrations/{Id}", Sas.Key);
        string lower = sr.Replace("%2F", "%2f", StringComparison.Ordinal);
        byte[] signature = System.Security.Cryptography.HMACSHA256.HashData(
            Convert.FromBase64String(Sas.Key), System.Text.Encoding.ASCII.GetBytes(lower + "\n" + se));
        string sig = Uri.EscapeDataString(Convert.ToBase64String(signature));
        string token = $"SharedAccessSignature sr={lower}&sig={sig}&se={se}&skn=registration";
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);

        Assert.AreEqual("assigned", (string?)(await device.RegisterAsync(Id, token)).Body["status"], cloud.Log);
    }

    [TestMethod]
    [DataRow("wrong key", "not signed with its symmetric key")]
    [DataRow("expired by more than the grace for clocks", "ended at")]
    [DataRow("another registration", "is for '0ne")]
    [DataRow("another ID scope", "is for '0ne00000000/registrations/my-devkit'")]
    [DataRow("the hub's resource", "is for 'devkit-emulator.azure-devices.net/devices/my-devkit'")]
    [DataRow("another skn", "names the key 'iothubowner' (skn)")]
    [DataRow("no skn", "names the key '' (skn)")]
    [DataRow("skn in upper case", "names the key 'Registration' (skn)")]
    public async Task A_wrong_token_is_refused_with_401_and_the_log_says_what_is_wrong(string what, string reason)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id, Sas.Key);
        string resource = $"{cloud.Host.IdScope}/registrations/{Id}";
        string token = what switch
        {
            "wrong key" => Sas.Create(resource, Sas.OtherKey, "registration"),
            "expired by more than the grace for clocks" =>
                Sas.Create(resource, Sas.Key, "registration", DateTimeOffset.UtcNow.AddMinutes(-5).AddSeconds(-1)),
            "another registration" => Sas.Create(resource + "2", Sas.Key, "registration"),
            "another ID scope" => Sas.Create($"0ne00000000/registrations/{Id}", Sas.Key, "registration"),
            "the hub's resource" => Sas.Create($"{cloud.Host.HubName}/devices/{Id}", Sas.Key, "registration"),
            "another skn" => Sas.Create(resource, Sas.Key, "iothubowner"),
            "skn in upper case" => Sas.Create(resource, Sas.Key, "Registration"),
            _ => Sas.Create(resource, Sas.Key),
        };
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);

        DpsReply reply = await device.RegisterAsync(Id, token);

        Assert.AreEqual(401, reply.Status);
        Assert.AreEqual(401002, (int?)reply.Body["errorCode"]);
        Assert.AreEqual("Unauthorized", (string?)reply.Body["message"]);
        StringAssert.Contains(cloud.Log, reason);
        Assert.DoesNotContain(Sas.Key, cloud.Log, "a key is never logged");
        Assert.IsEmpty(await cloud.ListDevicesAsync());
    }

    [TestMethod]
    [DataRow("password")]
    [DataRow("SharedAccessSignature ")]
    [DataRow("SharedAccessSignature sr=a&sig=AAAA")]
    [DataRow("SharedAccessSignature sr=a&sig=AAAA&se=soon")]
    [DataRow("SharedAccessSignature sr=a&sig=AAAA&se=99999999999999")]
    [DataRow("SharedAccessSignature sr=a&sig=AAAA&se=99999999999999999999")]
    [DataRow("SharedAccessSignature sr=a&sig=?&se=1")]
    [DataRow("SharedAccessSignature sr=a&sig=AAAA&se=1&se=2")]
    [DataRow("SharedAccessSignature sr=a&sig=AAAA&se")]
    public async Task A_password_that_is_no_token_is_not_authorized_anywhere(string password)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id, Sas.Key);
        await using TestDevice atDps = await TestDevice.OpenAsync(cloud, null);
        await using TestDevice atHub = await TestDevice.OpenAsync(cloud, null);

        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await atDps.ConnectDpsAsync(Id, password: password));
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await atHub.ConnectHubAsync(Id, password));
        await atDps.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task A_key_enrollment_refuses_a_certificate_and_a_certificate_enrollment_a_token()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create("by-certificate");
        using DeviceCertificate other = DeviceCertificate.Create("by-key");
        await cloud.EnrollAsync(certificate);
        await cloud.EnrollKeyAsync("by-key", Sas.Key);
        await using TestDevice first = await TestDevice.OpenAsync(cloud, null);
        await using TestDevice second = await TestDevice.OpenAsync(cloud, other);
        await using TestDevice both = await TestDevice.OpenAsync(cloud, certificate);

        string token = Sas.Create($"{cloud.Host.IdScope}/registrations/by-certificate", Sas.Key, "registration");
        DpsReply byToken = await first.RegisterAsync("by-certificate", token);
        DpsReply byCertificate = await second.RegisterAsync("by-key");
        DpsReply byBoth = await both.RegisterAsync("by-certificate", token);

        Assert.AreEqual(401002, (int?)byToken.Body["errorCode"]);
        Assert.AreEqual("Unauthorized", (string?)byToken.Body["message"]);
        Assert.AreEqual(401002, (int?)byCertificate.Body["errorCode"]);
        Assert.AreEqual("Invalid certificate.", (string?)byCertificate.Body["message"]);
        Assert.AreEqual(401002, (int?)byBoth.Body["errorCode"], "who sends a token means it");
    }

    [TestMethod]
    public async Task At_the_hub_too_key_and_certificate_do_not_stand_for_one_another()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create("by-certificate");
        using DeviceCertificate other = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, "by-certificate");
        await cloud.AddDeviceAsync(Id, Sas.Key);
        string userName = $"{cloud.Host.HubName}/{Id}/?api-version=2021-04-12";

        await using TestDevice first = await TestDevice.OpenAsync(cloud, other);
        await first.SendAsync(new ConnectPacket { ClientId = Id, UserName = userName });
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, (await first.ReceiveAsync<ConnackPacket>()).ReturnCode);
        await using TestDevice second = await TestDevice.OpenAsync(cloud, certificate);
        string token = Sas.Create($"{cloud.Host.HubName}/devices/by-certificate", Sas.Key);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await second.ConnectHubAsync("by-certificate", token));
    }

    [TestMethod]
    [DataRow(null, DisplayName = "no skn")]
    [DataRow("", DisplayName = "an empty skn, as the C SDK sends it")]
    public async Task A_device_that_was_made_by_hand_connects_with_the_key_that_the_hub_made(string? keyName)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        JsonNode made = await new HubRest(cloud).ExpectAsync(HttpMethod.Put, "devices/" + Id, "{}");
        string key = (string)made["authentication"]!["symmetricKey"]!["primaryKey"]!;
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        string token = Sas.Create($"{cloud.Host.HubName}/devices/{Id}", key, keyName);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await device.ConnectHubAsync(Id, token), cloud.Log);
        JsonNode shown = await cloud.GetDeviceAsync(Id);
        Assert.AreEqual("Connected", (string?)shown["connectionState"]);
        Assert.AreEqual("sas", (string?)shown["authentication"]!["type"]);
    }

    [TestMethod]
    [DataRow("wrong key")]
    [DataRow("expired")]
    [DataRow("another device")]
    [DataRow("DPS's resource")]
    [DataRow("a key name")]
    public async Task The_hub_refuses_a_wrong_token_with_CONNACK_5(string what)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.AddDeviceAsync(Id, Sas.Key);
        string resource = $"{cloud.Host.HubName}/devices/{Id}";
        string token = what switch
        {
            "wrong key" => Sas.Create(resource, Sas.OtherKey),
            "expired" => Sas.Create(resource, Sas.Key, expires: DateTimeOffset.UtcNow.AddMinutes(-5).AddSeconds(-1)),
            "another device" => Sas.Create(resource + "2", Sas.Key),
            "DPS's resource" => Sas.Create($"{cloud.Host.IdScope}/registrations/{Id}", Sas.Key),
            _ => Sas.Create(resource, Sas.Key, "device"),
        };
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);

        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await device.ConnectHubAsync(Id, token));
        await device.ExpectCloseAsync();
    }

    [TestMethod]
    public async Task Expiry_is_judged_by_the_emulators_clock_and_ends_a_connection_to_the_hub()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using Cloud cloud = await Cloud.StartAsync(clock: clock);
        await cloud.AddDeviceAsync(Id, Sas.Key);
        string token = Sas.Create($"{cloud.Host.HubName}/devices/{Id}", Sas.Key, expires: clock.GetUtcNow().AddMinutes(10));
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await device.ConnectHubAsync(Id, token), cloud.Log);
        await device.SendAsync(new PingreqPacket());
        await device.ReceiveAsync<PingrespPacket>();

        clock.Advance(TimeSpan.FromMinutes(15));

        await device.ExpectCloseAsync();
        StringAssert.Contains(cloud.Log, "its SAS token has ended");
        await using TestDevice again = await TestDevice.OpenAsync(cloud, null);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await again.ConnectHubAsync(Id, token));
    }

    [TestMethod]
    public async Task A_registration_with_another_kind_of_enrollment_gives_the_device_that_credential()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);
        await cloud.RemoveEnrollmentAsync(Id);
        await cloud.EnrollKeyAsync(Id, Sas.Key);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);
        await device.RegisterAsync(Id, DpsToken(cloud));

        await using TestDevice byKey = await TestDevice.OpenAsync(cloud, null);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await byKey.ConnectHubAsync(Id, HubToken(cloud)), cloud.Log);
        await using TestDevice byCertificate = await TestDevice.OpenAsync(cloud, certificate);
        await byCertificate.SendAsync(new ConnectPacket { ClientId = Id, UserName = $"{cloud.Host.HubName}/{Id}/?api-version=2021-04-12" });
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, (await byCertificate.ReceiveAsync<ConnackPacket>()).ReturnCode);
    }

    private static string DpsToken(Cloud cloud) => Sas.Create($"{cloud.Host.IdScope}/registrations/{Id}", Sas.Key, "registration");

    private static string HubToken(Cloud cloud) => Sas.Create($"{cloud.Host.HubName}/devices/{Id}", Sas.Key);
}
