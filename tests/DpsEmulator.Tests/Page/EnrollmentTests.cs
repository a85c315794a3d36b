using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using Microsoft.Playwright;
using static DevKit.DpsEmulator.Tests.Support.Samples;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>Individual enrollments on the page.</summary>
[TestClass]
public sealed class EnrollmentTests
{
    [TestMethod]
    public async Task A_person_at_the_keyboard_enrolls_a_device_and_removes_it()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Portal portal = await Portal.OpenAsync(cloud);
        await portal.TabToAsync(portal.Link("Enrollments"));
        await portal.Page.Keyboard.PressAsync("Enter");
        await portal.ExpectRouteAsync("enrollments");
        await Expect(portal.Page.Locator("h1")).ToBeFocusedAsync();
        await Expect(portal.Page.GetByText("No device is enrolled by itself.")).ToBeVisibleAsync();
        await portal.TabToAsync(portal.Link("Add an individual enrollment"));
        await portal.Page.Keyboard.PressAsync("Enter");
        await portal.ExpectRouteAsync("new-enrollment");

        await portal.ChooseAsync("Certificate, primary", "device.pem", System.Text.Encoding.ASCII.GetBytes(certificate.Pem));
        await Expect(portal.Fact("SHA-256")).ToHaveTextAsync(certificate.Fingerprint.ToLowerInvariant());
        await Expect(portal.Fact("Valid")).ToContainTextAsync("no end");
        await Expect(portal.Field("Registration ID")).ToHaveValueAsync(Id);
        await portal.TabToAsync(portal.Button("Enroll"));
        await portal.Page.Keyboard.PressAsync("Enter");

        await portal.ExpectRouteAsync("enrollment/" + Id);
        await Expect(portal.Fact("Issued by")).ToHaveTextAsync("itself");
        await Expect(portal.Fact("Registration")).ToHaveTextAsync("not registered yet");
        await portal.TabToAsync(portal.Button("Remove " + Id));
        await portal.Page.Keyboard.PressAsync("Enter");
        await portal.ExpectRouteAsync("enrollments");
        Assert.IsEmpty(await cloud.QueryAsync("enrollments"));
    }

    [TestMethod]
    public async Task Whatever_an_enrollment_has_is_entered_shown_and_changed()
    {
        await using Cloud cloud = await Cloud.StartAsync(null, null, default, "one.example", "two.example");
        using DeviceCertificate first = DeviceCertificate.Create(Id);
        using DeviceCertificate second = DeviceCertificate.Create(Id);
        await using Portal portal = await Portal.OpenAsync(cloud, "new-enrollment");
        await portal.ChooseAsync("Certificate, primary", "first.der", first.Certificate.RawData);
        await portal.ChooseAsync("Certificate, secondary", "second.der", second.Certificate.RawData);
        await portal.Field("Device ID").FillAsync("lamp");
        await portal.Field("two.example").CheckAsync();
        await portal.Field("Allocation").SelectOptionAsync("static");
        await portal.Field("Tags").FillAsync("""{"floor": 2}""");
        await portal.Field("Desired properties").FillAsync("""{"fan": true}""");
        await portal.Field("A device that registers again is assigned").SelectOptionAsync("never");
        await portal.Field("Issue operational certificates to devices that ask for one (policy default)").CheckAsync();
        await portal.Field("Enabled").UncheckAsync();
        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectRouteAsync("enrollment/" + Id);

        JsonNode made = await cloud.GetAsync($"dps/enrollments/{Id}");
        Assert.AreEqual("lamp", (string?)made["deviceId"]);
        Assert.AreEqual("two.example", (string?)made["iotHubs"]!.AsArray().Single());
        Assert.AreEqual("static", (string?)made["allocationPolicy"]);
        Assert.AreEqual("""{"tags":{"floor":2},"properties":{"desired":{"fan":true}}}""", made["initialTwin"]!.ToJsonString());
        Assert.IsFalse((bool)made["reprovisionPolicy"]!["updateHubAssignment"]!);
        Assert.AreEqual("default", (string?)made["credentialPolicyName"]);
        Assert.AreEqual("disabled", (string?)made["provisioningStatus"]);
        JsonNode pair = made["attestation"]!["x509"]!["clientCertificates"]!;
        Assert.AreEqual(second.Fingerprint, (string?)pair["secondary"]!["info"]!["sha256Thumbprint"]);
        await Expect(portal.Fact("SHA-256")).ToHaveCountAsync(2);

        await portal.Field("Device ID").FillAsync("");
        await portal.Field("Remove the secondary certificate").CheckAsync();
        await portal.Button("Save").ClickAsync();
        await portal.ExpectMessageAsync("Saved.");
        await Expect(portal.Fact("Device ID")).ToHaveTextAsync("the registration ID");
        JsonNode saved = await cloud.GetAsync($"dps/enrollments/{Id}");
        Assert.IsNull(saved["deviceId"]);
        Assert.IsNull(saved["attestation"]!["x509"]!["clientCertificates"]!["secondary"]);
        Assert.AreEqual(
            first.Fingerprint, (string?)saved["attestation"]!["x509"]!["clientCertificates"]!["primary"]!["info"]!["sha256Thumbprint"]);
        Assert.AreEqual("disabled", (string?)saved["provisioningStatus"]);
    }

    [TestMethod]
    public async Task Keys_are_shown_to_who_asks_and_hidden_again()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using Portal portal = await Portal.OpenAsync(cloud, "new-enrollment");
        await portal.Field("Symmetric key").CheckAsync();
        await portal.Field("Registration ID").FillAsync(Id);
        await portal.Field("Primary key").FillAsync(Sas.Key);
        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectRouteAsync("enrollment/" + Id);
        Assert.DoesNotContain(Sas.Key, await portal.Page.ContentAsync(), "nobody asked for it yet");

        await portal.Button($"Show keys of {Id}").ClickAsync();
        await Expect(portal.Fact("Primary key")).ToContainTextAsync(Sas.Key);
        string line = $"set_az_iotdps \"DPSEndpoint={EmulatorOptions.GlobalEndpoint};IdScope={cloud.Host.IdScope};"
            + $"DeviceId={Id};SymmetricKey={Sas.Key}\"";
        await Expect(portal.Fact("In the DevKit's console").Locator("code")).ToHaveTextAsync(line);
        await portal.Button("Copy the console's line").ClickAsync();
        await portal.ExpectMessageAsync("Copied the console's line.");
        Assert.AreEqual(line, await portal.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        await portal.Button($"Hide keys of {Id}").ClickAsync();
        await Expect(portal.Button($"Show keys of {Id}")).ToBeFocusedAsync();
        Assert.DoesNotContain(Sas.Key, await portal.Page.ContentAsync());
    }

    [TestMethod]
    public async Task What_is_refused_is_said_in_words_and_the_words_go_with_what_they_speak_of()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id);
        await using Portal portal = await Portal.OpenAsync(cloud, "new-enrollment");
        await portal.Field("Symmetric key").CheckAsync();
        await portal.Field("Registration ID").FillAsync(Id);
        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectMessageAsync($"'{Id}' is there");

        await portal.Field("Registration ID").FillAsync("other");
        await Expect(portal.Message).ToBeEmptyAsync();
        await portal.Field("Primary key").FillAsync("short");
        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectMessageAsync("'primaryKey'");
        await portal.Field("Primary key").FillAsync("");
        await portal.Field("Tags").FillAsync("{");
        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectMessageAsync("Tags: this is no JSON");
        await Expect(portal.Field("Tags")).ToBeFocusedAsync();
        await portal.GoToAsync("enrollments");
        await Expect(portal.Message).ToBeEmptyAsync();
        await Expect(portal.Rows("Enrollments")).ToHaveCountAsync(1);
    }

    [TestMethod]
    public async Task A_message_goes_when_it_is_true_no_longer()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id);
        await using Portal portal = await Portal.OpenAsync(cloud, "enrollment/" + Id);
        await portal.Button("Disable " + Id).ClickAsync();
        await portal.ExpectMessageAsync($"{Id} is disabled.");
        await Expect(portal.Button("Enable " + Id)).ToBeFocusedAsync();
        Assert.AreEqual("disabled", (string?)(await cloud.GetAsync($"dps/enrollments/{Id}"))["provisioningStatus"]);

        await cloud.SetEnabledAsync(Id, enabled: true);
        await Expect(portal.Message).ToBeEmptyAsync();
        await Expect(portal.Fact("Status")).ToHaveTextAsync("enabled");
        await cloud.RemoveEnrollmentAsync(Id);
        await portal.ExpectMessageAsync($"{Id} was removed.");
        await Expect(portal.Button("Disable " + Id)).ToBeDisabledAsync();
    }

    [TestMethod]
    public async Task What_somebody_types_stays_and_does_not_undo_what_another_has_changed()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id);
        await using Portal portal = await Portal.OpenAsync(cloud, "enrollment/" + Id);
        await portal.Field("Device ID").FillAsync("lamp");
        await cloud.SetEnabledAsync(Id, enabled: false);
        await Expect(portal.Fact("Status")).ToHaveTextAsync("disabled");
        await Expect(portal.Field("Device ID")).ToHaveValueAsync("lamp");
        await portal.Button("Save").ClickAsync();
        await portal.ExpectMessageAsync("has another etag by now");
        Assert.IsNull((await cloud.GetAsync($"dps/enrollments/{Id}"))["deviceId"]);
    }
}
