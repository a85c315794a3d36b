using System.Net;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using Microsoft.Playwright;
using static DevKit.DpsEmulator.Tests.Support.Samples;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>The page while the emulator is away.</summary>
[TestClass]
public sealed class GoneTests
{
    [TestMethod]
    public async Task Without_the_emulator_the_page_is_dimmed_and_disabled_and_with_it_goes_on()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Id);
        await using Portal portal = await Portal.OpenAsync(cloud, "enrollment/" + Id);
        ILocator input = portal.Field("Device ID");
        await portal.Button("Disable " + Id).ClickAsync();
        await portal.ExpectMessageAsync("is disabled");
        await input.FillAsync("lamp");

        (IPEndPoint mqtt, IPEndPoint https, int http) = (cloud.Host.MqttEndPoint, cloud.Host.HttpsEndPoint, cloud.Host.HttpAddress.Port);
        string folder = Path.GetDirectoryName((string)(await cloud.GetAsync("api/info"))["caFile"]!)!;
        await cloud.Host.DisposeAsync();
        await Expect(portal.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The emulator does not answer; this page tries again.");
        await Expect(portal.Message).ToBeEmptyAsync();
        await Expect(portal.Page.Locator("#live")).ToHaveCSSAsync("opacity", "0.5");
        await Expect(portal.Page.Locator("#view")).ToHaveAttributeAsync("inert", "");
        await portal.Page.Keyboard.PressAsync("Tab");
        Assert.IsFalse(await portal.Page.EvaluateAsync<bool>("document.getElementById('view').contains(document.activeElement)"));
        await portal.ExpectAccessibleAsync("gone");

        await using EmulatorHost again = await EmulatorHost.StartAsync(new EmulatorOptions
        {
            DataFolder = folder,
            Mqtt = mqtt,
            Https = https,
            Http = new IPEndPoint(IPAddress.Loopback, http),
        });
        await Expect(portal.Page.GetByRole(AriaRole.Alert)).ToBeEmptyAsync();
        await Expect(portal.Page.Locator("#view")).Not.ToHaveAttributeAsync("inert", "");
        await Expect(input).ToBeFocusedAsync();
        await Expect(input).ToHaveValueAsync("lamp");
        await Expect(portal.Fact("Status")).ToHaveTextAsync("disabled");
    }
}
