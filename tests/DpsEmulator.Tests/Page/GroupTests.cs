using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>Enrollment groups and registration records on the page.</summary>
[TestClass]
public sealed class GroupTests
{
    [TestMethod]
    public async Task A_group_of_a_CA_is_enrolled_and_shows_who_registered_by_it()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using TestAuthority authority = TestAuthority.Create("Factory");
        using DeviceCertificate certificate = DeviceCertificate.From(authority.Issue(Id));
        await using Portal portal = await Portal.OpenAsync(cloud, "new-group");
        await portal.ChooseAsync("CA certificate, primary", "device.der", certificate.Certificate.RawData);
        await Expect(portal.Page.Locator(".problem")).ToContainTextAsync("no certificate of a CA");
        await portal.ChooseAsync("CA certificate, primary", "ca.der", authority.Der);
        await Expect(portal.Page.Locator(".problem")).ToHaveCountAsync(0);
        await portal.Field("Group").FillAsync("factory");
        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectRouteAsync("group/factory");
        await Expect(portal.Fact("Subject")).ToHaveTextAsync("CN=Factory");
        await Expect(portal.Section("Registration records").GetByText("No device has registered.")).ToBeVisibleAsync();

        await using (TestDevice device = await TestDevice.OpenAsync(cloud, certificate))
        {
            Assert.AreEqual("assigned", (string?)(await device.RegisterAsync(Id)).Body["status"], cloud.Log);
        }

        await Expect(portal.Rows("Registration records of factory")).ToContainTextAsync([Id]);
        await portal.GoToAsync("registrations");
        await Expect(portal.Rows("Registration records")).ToContainTextAsync([$"{Id}factoryassigned to {Id}"]);
        await Expect(portal.Link("factory")).ToHaveAttributeAsync("href", "#group/factory");

        await portal.Button($"Remove the record of {Id}").ClickAsync();
        await portal.ExpectMessageAsync($"The record of {Id} is removed.");
        await Expect(portal.Rows("Registration records")).ToHaveCountAsync(0);
        await using TestDevice again = await TestDevice.OpenAsync(cloud, certificate);
        await again.RegisterAsync(Id);
        await Expect(portal.Message).ToBeEmptyAsync();
        await Expect(portal.Rows("Registration records")).ToHaveCountAsync(1);
    }

    [TestMethod]
    public async Task The_key_of_a_device_of_a_group_is_derived()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using Portal portal = await Portal.OpenAsync(cloud, "new-group");
        await portal.Field("Symmetric key").CheckAsync();
        await portal.Field("Group").FillAsync("factory");
        await portal.Field("Primary key").FillAsync(Sas.Key);
        await portal.Button("Enroll").ClickAsync();
        await portal.ExpectRouteAsync("group/factory");

        await portal.Field("Registration ID of the device").FillAsync("a b");
        await portal.Button("Derive").ClickAsync();
        await portal.ExpectMessageAsync("'a b' is no registration ID");
        await portal.Field("Registration ID of the device").FillAsync(Id);
        await portal.Button("Derive").ClickAsync();
        string key = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Sas.Key), Encoding.ASCII.GetBytes(Id)));
        await Expect(portal.Fact("Primary key of the device")).ToContainTextAsync(key);
        await Expect(portal.Fact("In the DevKit's console")).ToContainTextAsync($"DeviceId={Id};SymmetricKey={key}");
        Assert.DoesNotContain(Sas.Key, await portal.Page.ContentAsync());
        await portal.Field("Registration ID of the device").FillAsync("other");
        await Expect(portal.Fact("Primary key of the device")).ToHaveCountAsync(0);
    }

    [TestMethod]
    public async Task What_became_of_a_registration_is_in_the_enrollment_and_in_the_records()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await using Portal portal = await Portal.OpenAsync(cloud, "enrollment/" + Id);
        await Expect(portal.Fact("Registration")).ToHaveTextAsync("not registered yet");
        await using (TestDevice device = await TestDevice.OpenAsync(cloud, certificate))
        {
            await device.RegisterAsync(Id);
        }

        await Expect(portal.Fact("Registration")).ToContainTextAsync("assigned to " + Id);
        await cloud.SetEnabledAsync(Id, enabled: false);
        await using (TestDevice device = await TestDevice.OpenAsync(cloud, certificate))
        {
            JsonNode answer = (await device.RegisterAsync(Id)).Body;
            Assert.AreEqual("disabled", (string?)answer["status"]);
        }

        await portal.GoToAsync("registrations");
        await Expect(portal.Rows("Registration records")).ToContainTextAsync(["individual"]);
    }
}
