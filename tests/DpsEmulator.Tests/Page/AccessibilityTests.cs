using DevKit.DpsEmulator.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>What axe says of every view, in light and dark, on a desktop and on a phone.</summary>
[TestClass]
public sealed class AccessibilityTests
{
    /// <summary>How many cells have their column's name before them.</summary>
    private const string LabelledCells = """
        [...document.querySelectorAll('td')].filter(cell => getComputedStyle(cell, '::before').content === `"${cell.dataset.label}"`).length
        """;

    [TestMethod]
    [DataRow(Portal.Desktop, ColorScheme.Light)]
    [DataRow(Portal.Desktop, ColorScheme.Dark)]
    [DataRow(Portal.Phone, ColorScheme.Light)]
    [DataRow(Portal.Phone, ColorScheme.Dark)]
    public async Task No_view_has_a_fault(int width, ColorScheme scheme)
    {
        await using var sample = await SampleCloud.StartAsync();
        await using Portal portal = await Portal.OpenAsync(sample.Cloud, "overview", width, scheme);
        foreach (string route in SampleCloud.Routes)
        {
            await portal.GoToAsync(route);
            await Expect(portal.Message).ToBeEmptyAsync();
            await portal.ExpectAccessibleAsync($"{route}, {width}, {scheme}");
            Assert.AreEqual(
                width == Portal.Phone ? await portal.Page.Locator("td").CountAsync() : 0,
                await portal.Page.EvaluateAsync<int>(LabelledCells),
                $"{route}: values with their labels beside them");
        }
    }
}
