using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using FsCheck;
using FsCheck.Fluent;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Events;

/// <summary>Text of devices in the log.</summary>
[TestClass]
public sealed class LogTextTests
{
    [TestMethod]
    public void Any_text_is_one_printable_and_bounded_line() =>
        Prop.ForAll<NonNull<string>>(text =>
        {
            string clean = LogText.Clean(text.Get, 20);
            Assert.IsLessThanOrEqualTo(21, clean.Length);
            Assert.IsFalse(clean.Any(char.IsControl), clean);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow("lamp-1 \u00E4 \U0001F4A1", "lamp-1 \u00E4 \U0001F4A1", DisplayName = "what is printable stays")]
    [DataRow("a\r\nb\u001B[2Jc\u0085d\u2028e", "a??b?[2Jc?d?e", DisplayName = "control characters and line breaks")]
    [DataRow("\u202Egpj\u200B", "?gpj?", DisplayName = "backwards and invisible")]
    [DataRow("123456789012345678901", "12345678901234567890\u2026", DisplayName = "too long")]
    [DataRow("1234567890123456789\U0001F4A1", "1234567890123456789\u2026", DisplayName = "a surrogate pair is not cut")]
    [DataRow(null, "", DisplayName = "nothing")]
    public void What_a_terminal_would_obey_is_replaced(string? text, string expected) => Assert.AreEqual(expected, LogText.Clean(text, 20));

    [TestMethod]
    public async Task Names_and_topics_of_devices_leave_room_for_the_reason()
    {
        string rude = "\u001B[2J\n" + new string('x', 30_000);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        await TestDevice.TryConnectAsync(cloud, certificate, rude, rude);
        await TestDevice.TryConnectAsync(cloud, certificate, rude, $"{rude}/registrations/{rude}/api-version=2019-03-31");
        await TestDevice.TryConnectAsync(cloud, certificate, rude, $"{rude}/{rude}/?api-version=2021-04-12");
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
        await device.SendAsync(new PublishPacket { Topic = rude });
        await device.ExpectCloseAsync();

        string log = cloud.Log;
        StringAssert.Contains(log, "is neither DPS's nor a hub's");
        StringAssert.Contains(log, $"this one's is {cloud.Host.IdScope}");
        StringAssert.Contains(log, $"here is {cloud.Host.HubName}");
        StringAssert.Contains(log, "for this device.");
        foreach (string line in log.Split(Environment.NewLine))
        {
            Assert.IsLessThan(500, line.Length);
            Assert.IsFalse(line.Any(char.IsControl), line);
        }
    }
}
