using DevKit.DpsEmulator.Tests.Support;
using Microsoft.Playwright;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>The pictures of docs/portal.md. Set UPDATE_SCREENS=1 to take them anew: keys and dates differ each time.</summary>
[TestClass]
public sealed class ScreenshotTests
{
    private const string UpdateVariable = "UPDATE_SCREENS";

    private static readonly (string Name, string Route, int Width, ColorScheme Scheme)[] Pictures =
    [
        ("overview", "overview", Portal.Desktop, ColorScheme.Light),
        ("enrollments", "enrollments", Portal.Desktop, ColorScheme.Light),
        ("enrollment", "enrollment/" + Id, Portal.Desktop, ColorScheme.Light),
        ("group", "group/factory", Portal.Desktop, ColorScheme.Light),
        ("registrations", "registrations", Portal.Desktop, ColorScheme.Light),
        ("device", $"device/{SampleCloud.Hub}/{Id}", Portal.Desktop, ColorScheme.Dark),
        ("faults", "faults", Portal.Desktop, ColorScheme.Light),
        ("phone", "devices", Portal.Phone, ColorScheme.Light),
    ];

    [TestMethod]
    public async Task Pictures_of_the_docs_are_there_and_shown()
    {
        string docs = Path.Combine(FindRepository(), "docs");
        string folder = Path.Combine(docs, "portal");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(folder);
            await TakeAsync(folder);
        }

        string page = await File.ReadAllTextAsync(Path.Combine(docs, "portal.md"));
        foreach ((string name, _, _, _) in Pictures)
        {
            StringAssert.Contains(page, $"(portal/{name}.png)");
        }

        CollectionAssert.AreEquivalent(
            Pictures.Select(picture => picture.Name + ".png").ToArray(),
            Directory.GetFiles(folder).Select(Path.GetFileName).ToArray());
    }

    private static async Task TakeAsync(string folder)
    {
        await using var sample = await SampleCloud.StartAsync();
        foreach ((string name, string route, int width, ColorScheme scheme) in Pictures)
        {
            await using Portal portal = await Portal.OpenAsync(sample.Cloud, route, width, scheme);
            await portal.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "host.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
