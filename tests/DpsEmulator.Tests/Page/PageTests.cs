using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>The page in a browser.</summary>
[TestClass]
public sealed class PageTests
{
    [TestMethod]
    public async Task A_person_at_the_keyboard_enrolls_a_device_watches_it_and_removes_it()
    {
        string chromium = Programs.Require("chromium");
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using var files = new TemporaryFolder();
        await using Browser browser = await Browser.OpenAsync(chromium, cloud.Host.HttpAddress);
        await browser.WaitForAsync($"document.body?.textContent.includes('{cloud.Host.IdScope}')");
        await browser.WaitForAsync("!document.getElementById('no-enrollments').hidden");

        await browser.EvaluateAsync("document.getElementById('file').focus()");
        await browser.ChooseFileAsync("#file", files.File("device.pem", certificate.Pem));
        await browser.PressAsync("Tab", 9);
        await browser.PressAsync("Enter", 13, "\r");
        await browser.WaitForAsync(
            $"document.getElementById('enrollments').textContent.includes('{certificate.Fingerprint.ToLowerInvariant()}')");
        await browser.WaitForAsync($"document.getElementById('message').textContent === '{Id} is enrolled.'");
        string? focused = (string?)await browser.EvaluateAsync("document.activeElement.id");
        Assert.AreEqual("file", focused, "the focus is where the next one is chosen");

        await using (TestDevice device = await TestDevice.OpenAsync(cloud, certificate))
        {
            await device.RegisterAsync(Id);
        }

        await using (TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id))
        {
            await device.PublishAsync($"devices/{Id}/messages/events/", "<b>21.5</b>");
            await browser.WaitForAsync("document.getElementById('devices').textContent.includes('<b>21.5</b>')");
            await browser.WaitForAsync("document.querySelector('#devices .on')?.textContent === 'connected'");
        }

        await browser.WaitForAsync("document.querySelector('#devices .off')?.textContent === 'not connected'");

        for (int i = 0; i < 5; i++)
        {
            await browser.PressAsync("Tab", 9);
        }

        Assert.AreEqual($"Remove {Id}", (string?)await browser.EvaluateAsync("document.activeElement.getAttribute('aria-label')"));
        await browser.PressAsync("Enter", 13, "\r");
        await browser.WaitForAsync("document.getElementById('enrollments').rows.length === 0");
        Assert.IsEmpty((await cloud.GetAsync("api/enrollments")).AsArray());
        Assert.IsEmpty(browser.Errors, string.Join('\n', browser.Errors));
    }

    [TestMethod]
    public async Task A_person_at_the_keyboard_makes_a_key_and_sees_what_to_type_into_the_console()
    {
        string chromium = Programs.Require("chromium");
        await using Cloud cloud = await Cloud.StartAsync();
        await using Browser browser = await Browser.OpenAsync(chromium, cloud.Host.HttpAddress);
        await browser.WaitForAsync($"document.body?.textContent.includes('{cloud.Host.IdScope}')");

        await browser.EvaluateAsync("document.getElementById('registration-id').focus()");
        await browser.CommandAsync("Input.insertText", new JsonObject { ["text"] = Id });
        await browser.PressAsync("Enter", 13, "\r");
        await browser.WaitForAsync($"document.getElementById('enrollments').textContent.includes('{Id}')");

        // The row comes by an event, which may overtake the answer that empties the field.
        await browser.WaitForAsync($"document.getElementById('message').textContent.startsWith('{Id} is enrolled')");
        Assert.AreEqual("", (string?)await browser.EvaluateAsync("document.getElementById('registration-id').value"));
        string key = (string)(await cloud.GetAsync($"api/enrollments/{Id}/key"))["primaryKey"]!;
        Assert.IsFalse((bool?)await browser.EvaluateAsync($"document.body.innerHTML.includes('{key}')"), "nobody asked for it yet");

        await browser.PressAsync("Tab", 9);
        await browser.PressAsync("Tab", 9);
        Assert.AreEqual($"Show key {Id}", (string?)await browser.EvaluateAsync("document.activeElement.getAttribute('aria-label')"));
        await browser.PressAsync("Enter", 13, "\r");
        await browser.WaitForAsync($"document.getElementById('enrollments').textContent.includes('SymmetricKey={key}')");
        await browser.WaitForAsync("document.getElementById('enrollments').textContent.includes('set_az_iotdps DPSEndpoint=')");
        await browser.PressAsync("Enter", 13, "\r");
        await browser.WaitForAsync($"!document.body.innerHTML.includes('{key}')");
        Assert.IsEmpty(browser.Errors, string.Join('\n', browser.Errors));
    }

    [TestMethod]
    public async Task The_page_fetches_what_changed_and_nothing_else()
    {
        string chromium = Programs.Require("chromium");
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await using Browser browser = await Browser.OpenAsync(chromium, cloud.Host.HttpAddress);
        await browser.WaitForAsync("document.querySelector('#devices .on')?.textContent === 'connected'");
        await browser.WaitForAsync("document.querySelector('#enrollments .on')?.textContent === 'enabled'");
        await browser.WaitForAsync($"document.body.textContent.includes('{cloud.Host.IdScope}')");
        await browser.EvaluateAsync("performance.clearResourceTimings()");

        await device.PublishAsync(EventsTopic, "21.5");
        await browser.WaitForAsync("document.getElementById('devices').textContent.includes('21.5')");
        Assert.AreEqual($"api/devices/{Id}", await FetchedAsync(browser, cloud));

        using HttpResponseMessage disabled = await cloud.Http.PatchAsJsonAsync($"api/enrollments/{Id}", new { enabled = false });
        await browser.WaitForAsync("document.querySelector('#enrollments .off')?.textContent === 'disabled'");
        Assert.AreEqual($"api/enrollments/{Id}", await FetchedAsync(browser, cloud));

        using HttpResponseMessage before = await cloud.Http.PostAsJsonAsync("api/devices", new { deviceId = "aa" });
        await browser.WaitForAsync("document.getElementById('devices').rows.length === 2");
        Assert.AreEqual("api/devices/aa", await FetchedAsync(browser, cloud));
        Assert.AreEqual("aa", (string?)await browser.EvaluateAsync("document.getElementById('devices').rows[0].dataset.key"), "in order");

        using HttpResponseMessage removed = await cloud.Http.DeleteAsync("api/devices/aa");
        await browser.WaitForAsync("document.getElementById('devices').rows.length === 1");
        Assert.AreEqual("", await FetchedAsync(browser, cloud), "an event says that it is gone");
        Assert.IsEmpty(browser.Errors, string.Join('\n', browser.Errors));
    }

    [TestMethod]
    public async Task A_file_that_is_no_certificate_is_refused_in_words()
    {
        string chromium = Programs.Require("chromium");
        await using Cloud cloud = await Cloud.StartAsync();
        using var files = new TemporaryFolder();
        await using Browser browser = await Browser.OpenAsync(chromium, cloud.Host.HttpAddress);
        await browser.WaitForAsync($"document.body?.textContent.includes('{cloud.Host.IdScope}')");

        await browser.ChooseFileAsync("#file", files.File("notes.pem", "nothing"));
        await browser.EvaluateAsync("document.querySelector('#upload button').click()");
        await browser.WaitForAsync("document.getElementById('message').textContent.includes('holds no certificate')");
    }

    [TestMethod]
    [DataRow("light")]
    [DataRow("dark")]
    public async Task Text_stands_out_from_its_background_in_light_and_dark(string scheme)
    {
        string chromium = Programs.Require("chromium");
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);
        using HttpResponseMessage enrolled = await cloud.Http.PostAsJsonAsync(
            "api/enrollments", new { registrationId = "key", attestation = "symmetricKey" });
        await using Browser browser = await Browser.OpenAsync(chromium, cloud.Host.HttpAddress);
        await browser.CommandAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });
        await browser.WaitForAsync($"document.getElementById('devices')?.textContent.includes('{Id}')");

        // WCAG 2.2, 1.4.3: a contrast of 4.5 between a text and what is behind it.
        double least = (double)(await browser.EvaluateAsync(
            """
            (() => {
              const parts = color => color.match(/[\d.]+/g).map(Number);
              const light = color => parts(color).slice(0, 3).map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = element => {
                for (let e = element; e; e = e.parentElement) {
                  const color = getComputedStyle(e).backgroundColor;
                  if (parts(color)[3] !== 0) {
                    return color;
                  }
                }
              };
              const contrasts = [...document.body.querySelectorAll('*')]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                .filter(e => e.checkVisibility())
                .map(e => [light(getComputedStyle(e).color), light(behind(e))].sort((a, b) => b - a))
                .map(([bright, dark]) => (bright + 0.05) / (dark + 0.05));
              return Math.min(...contrasts);
            })()
            """))!;
        Assert.IsGreaterThanOrEqualTo(4.5, least);
    }

    /// <summary>What the page has fetched since this was last asked.</summary>
    private static async Task<string> FetchedAsync(Browser browser, Cloud cloud)
    {
        JsonNode? names = await browser.EvaluateAsync("performance.getEntriesByType('resource').map(entry => entry.name)");
        await browser.EvaluateAsync("performance.clearResourceTimings()");
        return string.Join(' ', names!.AsArray().Select(name => ((string)name!).Replace(cloud.Host.HttpAddress.AbsoluteUri, "")));
    }
}
