using System.Globalization;
using DevKit.DpsEmulator.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>Lists that are longer than a page of theirs, and that change while they are shown.</summary>
[TestClass]
public sealed class ListTests
{
    private const string List = "Enrollments";

    [TestMethod]
    public async Task A_long_list_is_turned_page_by_page_and_searched_by_the_beginning_of_an_ID()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await EnrollAsync(cloud, 120);
        await using Portal portal = await Portal.OpenAsync(cloud, "enrollments");
        await Expect(portal.Rows(List)).ToHaveCountAsync(50);
        await Expect(portal.Rows(List).First).ToContainTextAsync("device-000");
        await Expect(portal.Button("Previous " + List)).ToBeDisabledAsync();

        await portal.Button("Next " + List).ClickAsync();
        await Expect(portal.Rows(List).First).ToContainTextAsync("device-050");
        await portal.Button("Next " + List).ClickAsync();
        await Expect(portal.Rows(List)).ToHaveCountAsync(20);
        await Expect(portal.Button("Next " + List)).ToBeDisabledAsync();
        await portal.Button("Previous " + List).ClickAsync();
        await Expect(portal.Rows(List).First).ToContainTextAsync("device-050");

        await portal.Field("Search " + List).FillAsync("DEVICE-11");
        await Expect(portal.Rows(List)).ToHaveCountAsync(10);
        await portal.Field("Search " + List).FillAsync("device-119");
        await Expect(portal.Rows(List)).ToHaveCountAsync(1);
        await portal.Field("Search " + List).FillAsync("nobody");
        await Expect(portal.Page.GetByText("No ID begins with nobody.")).ToBeVisibleAsync();
        await portal.Field("Search " + List).FillAsync("");
        await Expect(portal.Rows(List)).ToHaveCountAsync(50);
    }

    [TestMethod]
    public async Task A_page_fetches_what_changed_on_it_and_nothing_else()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await EnrollAsync(cloud, 60);
        await using Portal portal = await Portal.OpenAsync(cloud, "enrollments");
        await Expect(portal.Rows(List)).ToHaveCountAsync(50);
        portal.Requests.Clear();

        await cloud.RemoveEnrollmentAsync("device-055");
        await cloud.SetEnabledAsync("device-058", enabled: false);
        await cloud.SetEnabledAsync("device-007", enabled: false);
        await Expect(portal.Rows(List).Nth(7)).ToContainTextAsync("disabled");
        Assert.AreEqual("dps/enrollments/device-007?api-version=2021-10-01", portal.Requests.Single(), "the others are on another page");

        portal.Requests.Clear();
        await portal.Button("Next " + List).ClickAsync();
        await Expect(portal.Rows(List)).ToHaveCountAsync(9);
        await cloud.EnrollKeyAsync("device-0555");
        await Expect(portal.Rows(List).Nth(5)).ToContainTextAsync("device-0555");
        CollectionAssert.AreEqual(
            new[] { "dps/enrollments/query?api-version=2021-10-01", "dps/enrollments/device-0555?api-version=2021-10-01" },
            portal.Requests);
        await cloud.RemoveEnrollmentAsync("device-059");
        await Expect(portal.Rows(List)).ToHaveCountAsync(9);
        Assert.HasCount(2, portal.Requests, "an event says that it is gone");
    }

    [TestMethod]
    public async Task A_row_that_goes_is_followed_by_the_first_of_the_next_page()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await EnrollAsync(cloud, 52);
        await using Portal portal = await Portal.OpenAsync(cloud, "enrollments");
        await Expect(portal.Rows(List).Last).ToContainTextAsync("device-049");
        await cloud.RemoveEnrollmentAsync("device-000");
        await Expect(portal.Rows(List).Last).ToContainTextAsync("device-050");
        await cloud.EnrollKeyAsync("before");
        await Expect(portal.Rows(List).First).ToContainTextAsync("before");
        await Expect(portal.Rows(List)).ToHaveCountAsync(50);
    }

    [TestMethod]
    public async Task The_focus_stays_on_a_row_that_changes()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await EnrollAsync(cloud, 2);
        await using Portal portal = await Portal.OpenAsync(cloud, "enrollments");
        await portal.Link("device-001").FocusAsync();
        await cloud.SetEnabledAsync("device-001", enabled: false);
        await Expect(portal.Rows(List).Nth(1)).ToContainTextAsync("disabled");
        await Expect(portal.Link("device-001")).ToBeFocusedAsync();
    }

    private static async Task EnrollAsync(Cloud cloud, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await cloud.EnrollKeyAsync("device-" + i.ToString("000", CultureInfo.InvariantCulture));
        }
    }
}
