using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Tests;

/// <summary>A data folder of an older emulator, or of a newer one.</summary>
[TestClass]
public sealed class MigrationTests
{
    private const string Id = "az-c89346854138v1v4v1";

    [TestMethod]
    public async Task A_folder_from_before_symmetric_keys_opens_and_nothing_is_lost()
    {
        using var folder = new TemporaryFolder();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        OldDatabase.Write(folder.FullPath, Id, certificate);

        await using Cloud cloud = await Cloud.StartAsync(folder.FullPath);

        JsonNode enrollment = await cloud.GetAsync($"api/enrollments/{Id}");
        Assert.AreEqual(certificate.Fingerprint, (string?)enrollment["certificateFingerprint"]);
        Assert.AreEqual("x509", (string?)enrollment["attestation"]);
        Assert.IsTrue((bool?)enrollment["enabled"]);
        Assert.AreEqual("2026-11-21T21:44:47.9549366+00:00", (string?)enrollment["created"]);
        Assert.AreEqual("2026-11-21T21:45:08.6488818+00:00", (string?)enrollment["lastRegistered"]);
        JsonNode disabled = await cloud.GetAsync("api/enrollments/disabled");
        Assert.IsFalse((bool?)disabled["enabled"]);
        Assert.AreEqual("lamp", (string?)disabled["deviceId"]);
        JsonNode device = await cloud.GetAsync($"api/devices/{Id}");
        Assert.AreEqual(Id, (string?)device["registrationId"]);
        Assert.AreEqual("one", (string?)device["lastTelemetry"]!["text"]);
        Assert.AreEqual(7, (long?)device["lastTelemetry"]!["sequence"]);
        Assert.AreEqual("""{"fan":true,"$version":2}""", device["desired"]!.ToJsonString());
        Assert.AreEqual("""{"speed":3,"$version":4}""", device["reported"]!.ToJsonString());
        await using TestDevice connected = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await connected.SubscribeAsync($"devices/{Id}/messages/devicebound/#");
        Assert.AreEqual("later", Encoding.UTF8.GetString((await connected.ReceiveAsync<PublishPacket>()).Payload.Span));
    }

    [TestMethod]
    public async Task A_folder_from_before_symmetric_keys_takes_keys_and_keeps_its_rules()
    {
        using var folder = new TemporaryFolder();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        OldDatabase.Write(folder.FullPath, Id, certificate);

        await using (Cloud cloud = await Cloud.StartAsync(folder.FullPath))
        {
            using HttpResponseMessage added = await cloud.Http.PostAsJsonAsync(
                "api/enrollments", new { registrationId = "new", attestation = "symmetricKey" });
            Assert.AreEqual(HttpStatusCode.Created, added.StatusCode);
            using HttpResponseMessage taken = await cloud.Http.PostAsJsonAsync(
                "api/enrollments", new { registrationId = "other", deviceId = "lamp", attestation = "symmetricKey" });
            Assert.AreEqual(HttpStatusCode.Conflict, taken.StatusCode, "a device ID belongs to one enrollment");
        }

        Assert.AreEqual(2, OldDatabase.Version(folder.FullPath));
        await using Cloud again = await Cloud.StartAsync(folder.FullPath);
        Assert.HasCount(3, (await again.GetAsync("api/enrollments")).AsArray());
    }

    [TestMethod]
    public async Task A_folder_of_a_newer_emulator_is_named_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        await using (await Cloud.StartAsync(folder.FullPath))
        {
        }

        OldDatabase.SetVersion(folder.FullPath, 99);
        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(folder.FullPath));
        StringAssert.Contains(error.Message, folder.FullPath);
        StringAssert.Contains(error.Message, "99");
        Assert.AreEqual(99, OldDatabase.Version(folder.FullPath));
    }

    [TestMethod]
    public async Task Keys_are_there_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using (Cloud before = await Cloud.StartAsync(folder.FullPath))
        {
            using HttpResponseMessage enrolled = await before.Http.PostAsJsonAsync(
                "api/enrollments", new { registrationId = Id, attestation = "symmetricKey", primaryKey = Sas.Key });
            using HttpResponseMessage made = await before.Http.PostAsJsonAsync("api/devices", new { deviceId = "lamp", primaryKey = Sas.OtherKey });
            Assert.AreEqual(HttpStatusCode.Created, made.StatusCode);
        }

        await using Cloud after = await Cloud.StartAsync(folder.FullPath);
        Assert.AreEqual(Sas.Key, (string?)(await after.GetAsync($"api/enrollments/{Id}/key"))["primaryKey"]);
        await using TestDevice device = await TestDevice.OpenAsync(after, null);
        DpsReply reply = await device.RegisterAsync(Id, Sas.Make($"{after.Host.IdScope}/registrations/{Id}", Sas.Key, "registration"));
        Assert.AreEqual("assigned", (string?)reply.Body["status"], after.Log);
        await using TestDevice lamp = await TestDevice.OpenAsync(after, null);
        string token = Sas.Make($"{after.Host.HubName}/devices/lamp", Sas.OtherKey);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await lamp.ConnectHubAsync("lamp", token), after.Log);
    }
}
