using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Http;

/// <summary>GET /api/events.</summary>
[TestClass]
public sealed class ChangeEventsTests
{
    [TestMethod]
    public async Task Events_name_what_changed()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Cloud.StartAsync();
        using Stream stream = await cloud.Http.GetStreamAsync("api/events");
        await using IAsyncEnumerator<SseItem<string>> events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
        await ExpectAsync(events, Event("all", null));

        await cloud.EnrollAsync(certificate);
        await ExpectAsync(events, Event("enrollment", Id));
        await using (TestDevice device = await TestDevice.OpenAsync(cloud, certificate))
        {
            await device.RegisterAsync(Id);
        }

        await ExpectAsync(events, Event("device", Id), Event("registration", Id));
        await using (TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id))
        {
            await ExpectAsync(events, Event("connection", Id));
            await device.PublishAsync(EventsTopic, "1");
            await ExpectAsync(events, Event("telemetry", Id));
            await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", """{"fan":true}""");
            await ExpectAsync(events, Event("twin", Id));
        }

        await ExpectAsync(events, Event("connection", Id));
        await cloud.RemoveDeviceAsync(Id);
        await ExpectAsync(events, Event("device", Id, removed: true), Event("registration", Id));
        await cloud.SetEnabledAsync(Id, enabled: false);
        await ExpectAsync(events, Event("enrollment", Id));
        await cloud.RemoveEnrollmentAsync(Id);
        await ExpectAsync(events, Event("enrollment", Id, removed: true));
    }

    private static string LogEvent { get; } = Event("log", "");

    private static string Event(string kind, string? id, bool removed = false)
    {
        string? hub = kind is "device" or "connection" or "telemetry" or "twin" ? EmulatorOptions.DefaultHubName : null;
        return JsonSerializer.Serialize(new { kind, id, removed, hub });
    }

    private static async Task ExpectAsync(IAsyncEnumerator<SseItem<string>> events, params string[] expected)
    {
        foreach (string data in expected)
        {
            // The log tells of most things, too.
            do
            {
                Assert.IsTrue(await events.MoveNextAsync());
            }
            while (events.Current.Data == LogEvent);

            Assert.AreEqual("change", events.Current.EventType);
            Assert.AreEqual(data, events.Current.Data);
        }
    }
}
