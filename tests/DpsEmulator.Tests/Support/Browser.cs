using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A headless Chromium with one page, spoken to in its own debugging protocol.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    /// <summary>Bounds a test that would otherwise hang; nothing is measured with it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _errors = [];
    private Process _process = null!;
    private string _session = "";
    private int _lastCommand;

    /// <summary>Errors that the page has written to the console, and resources that its policy kept away.</summary>
    internal IReadOnlyList<string> Errors => _errors;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Dispose();
    }

    internal static async Task<Browser> OpenAsync(string program, Uri page)
    {
        var browser = new Browser();
        browser._process = Process.Start(new ProcessStartInfo(
            program,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", $"--user-data-dir={browser._profile.FullPath}",
            ])
        {
            RedirectStandardError = true,
        })!;
        await browser.AttachAsync(page);
        return browser;
    }

    /// <summary>The value of an expression in the page; a promise is waited for.</summary>
    internal async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await CommandAsync(
            "Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.IsNull(answer["exceptionDetails"], answer.ToJsonString());
        return answer["result"]!["value"];
    }

    /// <summary>Waits until an expression is true, looking whenever the page has changed.</summary>
    internal async Task WaitForAsync(string condition) =>
        await EvaluateAsync(
            $$"""
            new Promise(resolve => {
              const look = () => { if ({{condition}}) { observer.disconnect(); resolve(true); } };
              const observer = new MutationObserver(look);
              observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
              look();
            })
            """);

    internal async Task PressAsync(string key, int code, string text = "")
    {
        foreach (string type in new[] { "keyDown", "keyUp" })
        {
            await CommandAsync("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = type,
                ["key"] = key,
                ["code"] = key,
                ["windowsVirtualKeyCode"] = code,
                ["text"] = type == "keyDown" ? text : "",
            });
        }
    }

    internal async Task ChooseFileAsync(string selector, string path)
    {
        JsonNode element = await CommandAsync(
            "Runtime.evaluate", new JsonObject { ["expression"] = $"document.querySelector('{selector}')" });
        await CommandAsync("DOM.setFileInputFiles", new JsonObject
        {
            ["files"] = new JsonArray(path),
            ["objectId"] = (string)element["result"]!["objectId"]!,
        });
    }

    internal async Task<JsonNode> CommandAsync(string method, JsonObject parameters)
    {
        int id = ++_lastCommand;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session.Length > 0)
        {
            command["sessionId"] = _session;
        }

        using var limit = new CancellationTokenSource(Limit);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            JsonNode message = await ReceiveAsync(limit.Token);
            if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message.ToJsonString()}");
            }

            await HandleEventAsync(message);
        }
    }

    private async Task AttachAsync(Uri page)
    {
        using var limit = new CancellationTokenSource(Limit);
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(limit.Token);
            Assert.IsNotNull(line, "Chromium ended before it could be reached.");
        }
        while (!DebuggingAddress().IsMatch(line));

        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        await _socket.ConnectAsync(new Uri(DebuggingAddress().Match(line).Value), limit.Token);
        JsonNode target = await CommandAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        JsonNode attached = await CommandAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        _session = (string)attached["sessionId"]!;
        await CommandAsync("Runtime.enable", []);
        await CommandAsync("Log.enable", []);
        await CommandAsync("Page.enable", []);
        await CommandAsync("Page.navigate", new JsonObject { ["url"] = page.AbsoluteUri });
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return JsonNode.Parse(message.ToArray())!;
    }

    private async Task HandleEventAsync(JsonNode message)
    {
        switch ((string?)message["method"])
        {
            case "Runtime.exceptionThrown":
                _errors.Add(message["params"]!["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when (string?)message["params"]!["entry"]!["level"] == "error":
                _errors.Add(message["params"]!["entry"]!.ToJsonString());
                break;
            case "Page.javascriptDialogOpening":
                var accept = new JsonObject
                {
                    ["id"] = ++_lastCommand,
                    ["sessionId"] = _session,
                    ["method"] = "Page.handleJavaScriptDialog",
                    ["params"] = new JsonObject { ["accept"] = true },
                };
                byte[] command = Encoding.UTF8.GetBytes(accept.ToJsonString());
                await _socket.SendAsync(command, WebSocketMessageType.Text, true, CancellationToken.None);
                break;
            default:
                break;
        }
    }

    [GeneratedRegex("ws://[^ ]+")]
    private static partial Regex DebuggingAddress();
}
