using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Tests.Dps;

/// <summary>Devices that come by a group.</summary>
[TestClass]
public sealed class GroupTests
{
    private const string Id = "my-devkit";

    private static readonly TestAuthority Root = TestAuthority.Create("Root");
    private static readonly TestAuthority Intermediate = TestAuthority.Create("Intermediate", Root);

    [TestMethod]
    public async Task A_device_of_an_enrolled_root_registers_with_the_chain_of_its_handshake_and_reaches_its_hub()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollGroupAsync("fleet", Root);
        using X509Certificate2 issued = Intermediate.Issue(Id);
        using var certificate = DeviceCertificate.From(issued, Intermediate.Certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        JsonNode state = (await device.RegisterAsync(Id)).Body["registrationState"]!;

        Assert.AreEqual("assigned", (string?)state["status"], cloud.Log);
        Assert.AreEqual(Id, (string?)state["deviceId"]);
        Assert.AreEqual("fleet", (string?)state["x509"]!["enrollmentGroupId"]);
        Assert.AreEqual($"CN={Id}", (string?)state["x509"]!["certificateInfo"]!["subjectName"]);
        await using TestDevice atHub = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        Assert.AreEqual(Id, (string?)(await cloud.QueryAsync("registrations/fleet")).Single()!["registrationId"]);
    }

    [TestMethod]
    public async Task Without_the_CA_between_a_device_of_the_root_is_refused_and_the_log_says_what_is_missing()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollGroupAsync("fleet", Root);
        using X509Certificate2 issued = Intermediate.Issue(Id);
        using var alone = DeviceCertificate.From(issued);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, alone);

        DpsReply reply = await device.RegisterAsync(Id);

        Assert.AreEqual(404201, (int?)reply.Body["errorCode"], "nothing that it sent names the root");
        StringAssert.Contains(cloud.Log, "nor a group that it could belong to");
    }

    [TestMethod]
    public async Task A_device_of_another_CA_of_that_name_is_refused_with_401()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollGroupAsync("fleet", Root);
        using var falseRoot = TestAuthority.Create("Root");
        using X509Certificate2 issued = falseRoot.Issue(Id);
        using var certificate = DeviceCertificate.From(issued, falseRoot.Certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        DpsReply reply = await device.RegisterAsync(Id);

        Assert.AreEqual(401002, (int?)reply.Body["errorCode"]);
        StringAssert.Contains(cloud.Log, "(group fleet)");
    }

    [TestMethod]
    public async Task Of_two_groups_that_a_chain_leads_to_the_nearer_counts()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollGroupAsync("a-root", Root);
        await cloud.EnrollGroupAsync("b-intermediate", Intermediate);
        using X509Certificate2 issued = Intermediate.Issue(Id);
        using var certificate = DeviceCertificate.From(issued, Intermediate.Certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        JsonNode state = (await device.RegisterAsync(Id)).Body["registrationState"]!;

        Assert.AreEqual("b-intermediate", (string?)state["x509"]!["enrollmentGroupId"]);
    }

    [TestMethod]
    public async Task An_individual_enrollment_comes_before_a_group()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollGroupAsync("fleet", Root);
        using X509Certificate2 issued = Root.Issue(Id);
        using var certificate = DeviceCertificate.From(issued);
        await cloud.EnrollAsync(certificate);
        await cloud.SetEnabledAsync(Id, enabled: false);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        Assert.AreEqual("disabled", (string?)(await device.RegisterAsync(Id)).Body["status"]);
    }

    [TestMethod]
    [DataRow("primaryKey")]
    [DataRow("secondaryKey")]
    public async Task A_device_registers_with_a_key_that_is_derived_from_either_of_the_groups(string which)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.PutAsync("dps/enrollmentGroups/fleet", new JsonObject
        {
            ["enrollmentGroupId"] = "fleet",
            ["attestation"] = new JsonObject { ["type"] = "symmetricKey" },
        });
        using HttpResponseMessage shown = await cloud.Http.PostAsync("dps/enrollmentGroups/fleet/attestationmechanism", null);
        JsonNode keys = JsonNode.Parse(await shown.Content.ReadAsStringAsync())!["symmetricKey"]!;
        byte[] groupKey = Convert.FromBase64String((string)keys[which]!);
        string key = Convert.ToBase64String(HMACSHA256.HashData(groupKey, Encoding.UTF8.GetBytes(Id)));
        await using TestDevice device = await TestDevice.OpenAsync(cloud, null);

        DpsReply reply = await device.RegisterAsync(Id, Sas.Create($"{cloud.Host.IdScope}/registrations/{Id}", key, "registration"));

        Assert.AreEqual("assigned", (string?)reply.Body["status"], cloud.Log);
        Assert.AreEqual("fleet", (string?)reply.Body["registrationState"]!["symmetricKey"]!["enrollmentGroupId"]);
        await using TestDevice atHub = await TestDevice.OpenAsync(cloud, null);
        Assert.AreEqual(
            MqttConnectReturnCode.Accepted,
            await atHub.ConnectHubAsync(Id, Sas.Create($"{cloud.Host.HubName}/devices/{Id}", key)),
            cloud.Log);
        await using TestDevice other = await TestDevice.OpenAsync(cloud, null);
        string forOther = Sas.Create($"{cloud.Host.IdScope}/registrations/other", key, "registration");
        Assert.AreEqual(401002, (int?)(await other.RegisterAsync("other", forOther)).Body["errorCode"], "another device's key");
    }

    [TestMethod]
    public async Task A_disabled_group_assigns_nothing()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollGroupAsync("fleet", Root, new JsonObject { ["provisioningStatus"] = "disabled" });
        using X509Certificate2 issued = Root.Issue(Id);
        using var certificate = DeviceCertificate.From(issued);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        Assert.AreEqual("disabled", (string?)(await device.RegisterAsync(Id)).Body["status"]);
    }

    [TestMethod]
    public async Task Registration_IDs_are_one_in_any_case_and_shown_as_they_were_enrolled()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create("My-DevKit");
        await cloud.EnrollAsync(certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        JsonNode state = (await device.RegisterAsync("MY-DEVKIT")).Body["registrationState"]!;

        Assert.AreEqual("My-DevKit", (string?)state["registrationId"], cloud.Log);
        Assert.AreEqual("My-DevKit", (string?)state["deviceId"]);
        Assert.AreEqual("assigned", (string?)(await cloud.GetAsync("dps/registrations/my-devkit"))["status"]);
        await using TestDevice wrongCase = await TestDevice.OpenAsync(cloud, certificate);
        Assert.AreEqual(
            MqttConnectReturnCode.NotAuthorized, await wrongCase.ConnectHubAsync("my-devkit", null), "a device ID is not one in any case");
        await using TestDevice atHub = await TestDevice.ConnectHubAsync(cloud, certificate, "My-DevKit");
    }
}
