using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Http;

/// <summary>GET /api/events.</summary>
[TestClass]
public sealed class ChangeEventsTests
{
    [TestMethod]
    public async Task Changes_are_told_as_events()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Make(Id);
        using Stream events = await cloud.Http.GetStreamAsync("api/events");
        using var reader = new StreamReader(events);
        Assert.AreEqual("event: change", await reader.ReadLineAsync(), "the first one at once");
        await reader.ReadLineAsync();
        await reader.ReadLineAsync();

        await cloud.EnrollAsync(certificate);
        Assert.AreEqual("event: change", await reader.ReadLineAsync());
    }
}
