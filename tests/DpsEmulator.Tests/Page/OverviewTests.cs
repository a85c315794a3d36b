using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>The page's first view, and its log.</summary>
[TestClass]
public sealed class OverviewTests
{
    [TestMethod]
    public async Task What_a_device_and_a_back_end_need_is_there_to_be_copied()
    {
        await using Cloud cloud = await Cloud.StartAsync(null, null, default, "one.example", "two.example");
        await using Portal portal = await Portal.OpenAsync(cloud);
        await Expect(portal.Fact("Global device endpoint").Locator("code")).ToHaveTextAsync(EmulatorOptions.GlobalEndpoint);
        await Expect(portal.Fact("ID scope").Locator("code")).ToHaveTextAsync(cloud.Host.IdScope);
        await Expect(portal.Fact("IoT hub, the default").Locator("code")).ToHaveTextAsync("one.example");
        await Expect(portal.Fact("IoT hub").Locator("code")).ToHaveTextAsync("two.example");

        await portal.Button("Copy the command line").ClickAsync();
        await portal.ExpectMessageAsync("Copied the command line.");
        string line = await portal.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        JsonNode info = await cloud.GetAsync("api/info");
        Assert.AreEqual(
            $"dotnet run --project tools/DevKitSim -- run --hold-a --cloud {cloud.Host.MqttEndPoint} --ca {(string?)info["caFile"]}", line);
        Assert.AreEqual(cloud.Host.CaCertificatePem, await File.ReadAllTextAsync((string)info["caFile"]!));

        string download = await portal.Link("ca.pem").EvaluateAsync<string>("link => fetch(link.href).then(answer => answer.text())");
        Assert.AreEqual(cloud.Host.CaCertificatePem, download);
    }

    [TestMethod]
    public async Task Connection_strings_are_hidden_until_they_are_asked_for()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using Portal portal = await Portal.OpenAsync(cloud);
        await Expect(portal.Section("Connection strings")).Not.ToContainTextAsync("SharedAccessKey");
        await portal.Button("Show connection strings").ClickAsync();
        JsonNode strings = await cloud.GetAsync("api/connection-strings");
        string provisioning = (string)strings["provisioning"]!;
        await Expect(portal.Fact("DPS, policy provisioningserviceowner")).ToContainTextAsync(provisioning);
        StringAssert.StartsWith(
            provisioning,
            $"HostName={EmulatorOptions.DefaultProvisioningHost};SharedAccessKeyName=provisioningserviceowner;SharedAccessKey=");
        await Expect(portal.Fact($"{EmulatorOptions.DefaultHubName}, policy iothubowner"))
            .ToContainTextAsync((string)strings["hubs"]![0]!["connectionString"]!);
        await portal.Button("Hide connection strings").ClickAsync();
        await Expect(portal.Section("Connection strings")).Not.ToContainTextAsync("SharedAccessKey");
    }

    [TestMethod]
    public async Task The_log_grows_as_it_is_written()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync("first");
        await using Portal portal = await Portal.OpenAsync(cloud, "log");
        await Expect(portal.Page.GetByRole(Microsoft.Playwright.AriaRole.Log).Locator("li")).ToContainTextAsync(["Enrolled first"]);
        await cloud.EnrollKeyAsync("second");
        await Expect(portal.Page.GetByRole(Microsoft.Playwright.AriaRole.Log).Locator("li"))
            .ToContainTextAsync(["Enrolled first", "Enrolled second"]);
    }
}
