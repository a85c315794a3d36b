using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>The page of an emulator in a browser, as a person has it.</summary>
internal sealed class Portal : IAsyncDisposable
{
    internal const int Desktop = 1280;
    internal const int Phone = 390;

    /// <summary>Bounds a test that would otherwise hang; nothing is measured with it.</summary>
    private const int Limit = 60_000;

    private static readonly Lazy<Task<IBrowser>> Browser = new(LaunchAsync);

    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly List<string> _errors = [];

    private Portal(IBrowserContext context, IPage page, Uri address)
    {
        _context = context;
        _address = address;
        Page = page;
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) => AddConsole(message);
        page.Request += (_, request) => AddRequest(request.Url);
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
    }

    internal IPage Page { get; }

    /// <summary>The line that says what was done.</summary>
    internal ILocator Message => Page.Locator("#message");

    /// <summary>What the page has requested since this was last cleared.</summary>
    internal List<string> Requests { get; } = [];

    /// <summary>Closes the page; fails where it had an error, or asked for something from elsewhere.</summary>
    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.IsEmpty(_errors, string.Join('\n', _errors));
    }

    internal static async Task<Portal> OpenAsync(
        Cloud cloud, string route = "overview", int width = Desktop, ColorScheme scheme = ColorScheme.Light)
    {
        SetDefaultExpectTimeout(Limit);
        IBrowserContext context = await (await Browser.Value).NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            Locale = "en-GB",
            TimezoneId = "UTC",
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(Limit);
        var portal = new Portal(context, await context.NewPageAsync(), cloud.Host.HttpAddress);
        await portal.GoToAsync(route);
        return portal;
    }

    internal static async Task CloseBrowserAsync()
    {
        if (Browser.IsValueCreated && Browser.Value.IsCompletedSuccessfully)
        {
            await (await Browser.Value).CloseAsync();
        }
    }

    /// <summary>Goes to a view, as its link does, and waits until it is there.</summary>
    internal async Task GoToAsync(string route)
    {
        await Page.GotoAsync(new Uri(_address, "#" + route).AbsoluteUri);
        await ExpectRouteAsync(route);
    }

    /// <summary>Waits until a view is there.</summary>
    internal async Task ExpectRouteAsync(string route)
    {
        await Expect(Page).ToHaveURLAsync(new Regex("#" + Regex.Escape(route) + "$"));
        await Expect(Page.Locator("#view:not([aria-busy]) > div")).ToBeAttachedAsync();
    }

    internal ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    internal ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true });

    internal ILocator Field(string label) => Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true });

    /// <summary>The section under a heading.</summary>
    internal ILocator Section(string heading) => Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = heading, Exact = true });

    /// <summary>The value under a name.</summary>
    internal ILocator Fact(string name) => Page.Locator($"dl.facts > div:has(> dt:text-is(\"{name}\")) > dd");

    /// <summary>The rows of a table.</summary>
    internal ILocator Rows(string table) =>
        Page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = table, Exact = true }).Locator("tbody tr");

    internal Task ChooseAsync(string label, string name, byte[] bytes) =>
        Field(label).SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = bytes });

    internal Task ExpectMessageAsync(string text) => Expect(Message).ToContainTextAsync(text);

    /// <summary>Presses the Tab key until an element has the focus.</summary>
    internal async Task TabToAsync(ILocator element)
    {
        for (int i = 0; i < 100; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await element.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"The Tab key does not reach {element}.");
    }

    /// <summary>What axe finds fault with in what is shown, and whether anything stands beside the screen.</summary>
    internal async Task ExpectAccessibleAsync(string what)
    {
        AxeResult result = await Page.RunAxe();
        IEnumerable<string> faults = result.Violations.Select(
            fault => $"{what}: {fault.Id}, {string.Join(", ", fault.Nodes.Select(node => node.Html))}");
        Assert.IsEmpty(result.Violations, string.Join('\n', faults));
        int beside = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.AreEqual(0, beside, $"{what}: columns beside the screen");
    }

    /// <summary>The browser is the system's: Playwright's own is not fetched.</summary>
    private static async Task<IBrowser> LaunchAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Programs.Require("chromium"),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic"],
            Timeout = Limit,
        });
    }

    /// <summary>A request that the emulator refuses is no error of the page, nor is an emulator that is gone.</summary>
    private void AddConsole(IConsoleMessage message)
    {
        if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
        {
            _errors.Add(message.Text);
        }
    }

    private void AddRequest(string url)
    {
        if (url.StartsWith("data:", StringComparison.Ordinal))
        {
            return;
        }

        if (url.StartsWith(_address.AbsoluteUri, StringComparison.Ordinal))
        {
            Requests.Add(url[_address.AbsoluteUri.Length..]);
        }
        else
        {
            _errors.Add($"{url} is somewhere else.");
        }
    }
}
