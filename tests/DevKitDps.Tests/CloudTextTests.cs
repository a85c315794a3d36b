using System.Text;
using DevKit.Board;
using DevKit.Dps.Tests.Support;
using DevKit.Mqtt;
using static DevKit.Dps.Tests.Support.ScriptedCloud;

namespace DevKit.Dps.Tests;

/// <summary>What a cloud sends can't write lines of its own on the serial line, nor drive the terminal behind it.</summary>
[TestClass]
[DoNotParallelize]
public sealed class CloudTextTests : IDisposable
{
    private const string Forged = "a\r\nERROR: forged\u001b[2J\u009b\u007f\u2028b";
    private const string ForgedOnALine = "a  ERROR: forged [2J   b";

    private readonly ScriptedCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [TestMethod]
    public async Task An_error_of_the_service_is_one_line_without_control_characters()
    {
        await RegisterAsync();
        await _cloud.AnswerAsync("401", "", "{\"errorCode\":401002,\"message\":\"a\\r\\nERROR: forged\u009b\u007f\u2028b\"}");
        _cloud.Machine.WaitForSent($"ERROR: DPS answers 401002 to {Id}. a  ERROR: forged   b\r\n");
        AssertPlain();
    }

    [TestMethod]
    public async Task An_answer_that_is_not_understood_is_one_line_of_bounded_length()
    {
        await RegisterAsync();
        await _cloud.AnswerAsync("200", "", Forged + new string('x', 5000));
        string start = $"ERROR: The service's answer is not understood: {ForgedOnALine}";
        _cloud.Machine.WaitForSent(start + new string('x', 200 - Encoding.UTF8.GetByteCount(Forged)) + "...\r\n");
        AssertPlain();
    }

    [TestMethod]
    public async Task A_name_of_a_hub_that_is_none_is_one_line_without_control_characters()
    {
        await RegisterAsync();
        await _cloud.AnswerAsync(
            "200", "", """{"status":"assigned","registrationState":{"assignedHub":"h\nub","deviceId":"d\tevice"}}""");
        _cloud.Machine.WaitForSent("ERROR: The service's answer has no assignedHub that can be used: h ub\r\n");
        AssertPlain();
    }

    [TestMethod]
    public async Task A_message_of_the_hub_is_one_line_of_bounded_length_without_control_characters()
    {
        ApplicationRig.RunApplication(
            _cloud.Machine,
            ApplicationRig.MakeIdentity("image"),
            ApplicationRig.Settings($"HostName={Host};DeviceId={Id};SharedAccessKey=AAAA"));
        await _cloud.Server.AcceptAsync();
        await _cloud.GrantAsync();
        foreach (string start in new[] { "$iothub/twin/GET/", "$iothub/twin/PATCH/properties/reported/", $"devices/{Id}/messages/events/" })
        {
            Assert.StartsWith(start, (await _cloud.AcknowledgeAsync()).Topic);
        }

        await SendAsync(Forged);
        _cloud.Machine.WaitForSent($"Hub: received {ForgedOnALine}\r\n");

        // Characters of two bytes behind one of one: 400 bytes end within a character, and that is left out.
        await SendAsync("x" + new string('é', 20_000));
        _cloud.Machine.WaitForSent("Hub: received x" + new string('é', 199) + "...\r\n");
        AssertPlain();
    }

    private Task SendAsync(string text) =>
        _cloud.Server.SendAsync(
            new PublishPacket { Topic = $"devices/{Id}/messages/devicebound/", Payload = Encoding.UTF8.GetBytes(text) });

    private async Task RegisterAsync()
    {
        ApplicationRig.RunApplication(
            _cloud.Machine, ApplicationRig.MakeIdentity("image"), ApplicationRig.Settings($"DPSEndpoint={Host};IdScope=0ne00000001"));
        await _cloud.Server.AcceptAsync();
        await _cloud.GrantAsync();
    }

    /// <summary>The serial line carries lines, and nothing else that is not to be seen.</summary>
    private void AssertPlain()
    {
        foreach (string line in _cloud.Machine.Sent.Split("\r\n"))
        {
            Assert.DoesNotContain(char.IsControl, line);
            Assert.IsFalse(line.StartsWith("ERROR: forged", StringComparison.Ordinal));
        }
    }
}
