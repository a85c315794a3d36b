using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>Faults on the page.</summary>
[TestClass]
public sealed class FaultTests
{
    [TestMethod]
    public async Task A_fault_is_made_strikes_and_is_removed()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await using Portal portal = await Portal.OpenAsync(cloud, "faults");
        await Expect(portal.Page.GetByText("Nothing goes wrong on purpose.")).ToBeVisibleAsync();
        await portal.Field("Status").FillAsync("503");
        await portal.Field("Seconds to retry after").FillAsync("7");
        await portal.Field("Service").SelectOptionAsync("dps");
        await portal.Field("Device").FillAsync("az-*");
        await portal.Field("Seconds").FillAsync("");
        await portal.Button("Add").ClickAsync();
        await portal.ExpectMessageAsync("Added: answer 503, retry after 7 s.");
        await Expect(portal.Rows("Faults")).ToContainTextAsync(["answer 503, retry after 7 s100 %az-*DPSit is removed0"]);

        await using (TestDevice device = await TestDevice.OpenAsync(cloud, certificate))
        {
            Assert.AreEqual(503, (await device.RegisterAsync(Id)).Status);
        }

        await Expect(portal.Rows("Faults")).ToContainTextAsync(["it is removed1"]);
        await portal.Button("Remove fault 1: answer 503, retry after 7 s").ClickAsync();
        await Expect(portal.Page.GetByText("Nothing goes wrong on purpose.")).ToBeVisibleAsync();
        await Expect(portal.Message).ToBeEmptyAsync();
        await using TestDevice again = await TestDevice.OpenAsync(cloud, certificate);
        Assert.AreEqual(200, (await again.RegisterAsync(Id)).Status);
    }

    [TestMethod]
    public async Task Every_kind_has_its_own_fields_and_goes_when_its_time_is_over()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using Portal portal = await Portal.OpenAsync(cloud, "faults");
        await portal.Field("What happens").SelectOptionAsync("connack");
        await portal.Field("Return code of CONNACK").FillAsync("5");
        await portal.Button("Add").ClickAsync();
        await portal.Field("What happens").SelectOptionAsync("delay");
        await Expect(portal.Field("Return code of CONNACK")).ToHaveCountAsync(0);
        await portal.Field("Seconds that it takes").FillAsync("0.5");
        await portal.Field("Share of the cases, %").FillAsync("10");
        await portal.Button("Add").ClickAsync();
        await portal.Field("What happens").SelectOptionAsync("drop");
        await portal.Field("Seconds").FillAsync("1");
        await portal.Button("Add").ClickAsync();
        await portal.ExpectMessageAsync("Added: drop the connection.");
        await Expect(portal.Rows("Faults")).ToContainTextAsync(["refuse the connection with code 5", "answer 0.5 s late10 %"]);
        await Expect(portal.Message).ToBeEmptyAsync();
        await Expect(portal.Rows("Faults")).ToHaveCountAsync(2);
    }
}
