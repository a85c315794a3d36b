using System.Text.Json;
using DevKit.Board;
using DevKit.Dps.Tests.Services;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace DevKit.Dps.Tests.Faults;

/// <summary>Rows of docs/faults.md: the hub.</summary>
[TestClass]
[DoNotParallelize]
public sealed class HubFaultTests : IDisposable
{
    private readonly FaultRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [TestMethod]
    [TestCategory("H1")]
    public async Task A_hub_that_refuses_leads_straight_back_to_DPS()
    {
        _rig.Start();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
        await RefuseAsync(_rig.Hub);
        await _rig.Dps.AssignAsync(_rig.OtherHub.Host, FaultRig.Id);
        using ServiceConnection other = await _rig.OtherHub.WelcomeAsync();
        _rig.Machine.WaitForSent("Hub: connected to other-hub.example as my-devkit");
        Assert.AreEqual(1000, _rig.Clock.Milliseconds, "No time has passed.");
        Assert.Contains("Asking DPS again", _rig.Machine.Sent);
    }

    [TestMethod]
    [TestCategory("H2")]
    public async Task A_hub_that_goes_on_refusing_is_not_hammered()
    {
        _rig.Start();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
        await RefuseAsync(_rig.Hub);
        foreach (int most in new[] { 2, 4, 8 })
        {
            await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
            await RefuseAsync(_rig.Hub);
            await _rig.ExpectPauseAsync("hub.example refuses the device my-devkit (MQTT return code 5).", (most / 2) + 1, most);
            await _rig.PassPauseAsync();
        }
    }

    [TestMethod]
    [TestCategory("H3")]
    public async Task A_hub_that_stays_away_is_tried_three_times_and_then_DPS_is_asked()
    {
        _rig.IsUnreachable = host => host == _rig.Hub.Host;
        _rig.Start();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
        foreach (int most in new[] { 2, 4, 8 })
        {
            await _rig.ExpectPauseAsync("No connection to hub.example", (most / 2) + 1, most);
            await _rig.PassPauseAsync();
        }

        await _rig.Dps.AssignAsync(_rig.OtherHub.Host, FaultRig.Id);
        using ServiceConnection other = await _rig.OtherHub.WelcomeAsync();
    }

    [TestMethod]
    [TestCategory("H4")]
    public async Task A_connection_that_is_lost_is_made_anew_and_what_waited_goes_out_in_order()
    {
        ServiceConnection connection = await _rig.StartAtHubAsync();
        await _rig.Clock.IdleAsync();
        _rig.IsUnreachable = _ => true;
        connection.Reset();
        await _rig.ExpectPauseAsync("The connection to hub.example was lost.", 2, 2);
        Assert.IsFalse(_rig.Machine.ReadPin(BoardPins.AzureLed));
        await _rig.PassPauseAsync();
        foreach (int most in new[] { 4, 8, 16 })
        {
            await _rig.ExpectPauseAsync($"No connection to {(most == 16 ? "dps" : "hub")}.example", (most / 2) + 1, most);
            await _rig.PassPauseAsync();
        }

        await _rig.ExpectPauseAsync("No connection to dps.example", 17, 32);
        _rig.IsUnreachable = _ => false;
        await _rig.PassPauseAsync();
        await _rig.Dps.AssignAsync(_rig.OtherHub.Host, FaultRig.Id);
        using ServiceConnection again = await _rig.OtherHub.WelcomeAsync();
        for (int expected = 2; expected < 5; expected++)
        {
            Assert.AreEqual(expected, (await again.ReceiveTelemetryAsync()).GetProperty("message").GetInt32());
        }
    }

    [TestMethod]
    [TestCategory("H5")]
    public async Task A_message_that_is_not_acknowledged_is_sent_again_on_the_next_connection()
    {
        ServiceConnection connection = await _rig.StartAtHubAsync();
        int wait = await _rig.Clock.IdleAsync();
        connection.IsAcknowledging = false;
        _rig.Clock.Advance(wait);
        Assert.AreEqual(2, (await connection.ReceiveTelemetryAsync()).GetProperty("message").GetInt32());
        await _rig.ExpectPauseAsync("hub.example does not acknowledge the message.", 2, 2);
        await _rig.PassPauseAsync();
        using ServiceConnection again = await _rig.Hub.WelcomeAsync();
        Assert.AreEqual(2, (await again.ReceiveTelemetryAsync()).GetProperty("message").GetInt32());
    }

    [TestMethod]
    [TestCategory("H7")]
    public async Task After_a_connection_that_stood_the_pauses_start_anew()
    {
        ServiceConnection connection = await _rig.StartAtHubAsync();
        for (int i = 0; i < 2; i++)
        {
            for (int passed = 0; passed < 60_000;)
            {
                int wait = await _rig.Clock.IdleAsync();
                _rig.Clock.Advance(wait);
                passed += wait;
                await connection.ReceiveTelemetryAsync();
            }

            await _rig.Clock.IdleAsync();
            connection.Dispose();
            await _rig.ExpectPauseAsync("The connection to hub.example was lost.", 2, 2);
            await _rig.PassPauseAsync();
            connection = await _rig.Hub.WelcomeAsync();
            await _rig.Clock.IdleAsync();
        }
    }

    [TestMethod]
    [TestCategory("N3")]
    public async Task Wifi_that_goes_is_seen_and_joined_first()
    {
        using ServiceConnection connection = await _rig.StartAtHubAsync();
        int wait = await _rig.Clock.IdleAsync();
        _rig.Machine.LeaveWifi();
        _rig.Machine.WifiNetworks.Remove("home");
        _rig.Clock.Advance(wait);
        await _rig.ExpectPauseAsync("The network home is gone.", 2, 2);
        Assert.IsFalse(_rig.Machine.ReadPin(BoardPins.WifiLed));
        await _rig.PassPauseAsync();
        await _rig.ExpectPauseAsync("The network home is not in reach.", 3, 4);
        _rig.Machine.WifiNetworks["home"] = "password";
        await _rig.PassPauseAsync();
        using ServiceConnection again = await _rig.Hub.WelcomeAsync();
        Assert.IsTrue(_rig.Machine.ReadPin(BoardPins.WifiLed));
    }

    [TestMethod]
    [TestCategory("H8")]
    [TestCategory("H9")]
    public async Task With_a_connection_string_a_refusal_waits_for_people_and_a_loss_does_not()
    {
        _rig.Start(_rig.ConnectionString);
        await RefuseAsync(_rig.Hub);
        await _rig.ExpectPauseAsync("hub.example refuses the device my-devkit (MQTT return code 5).", 300, 300);
        await _rig.PassPauseAsync();
        ServiceConnection connection = await _rig.Hub.WelcomeAsync();
        connection.Reset();
        await _rig.ExpectPauseAsync("The connection to hub.example was lost.", 2, 2);
        await _rig.PassPauseAsync();
        using ServiceConnection again = await _rig.Hub.WelcomeAsync();
    }

    [TestMethod]
    [TestCategory("H10")]
    public async Task A_token_is_renewed_before_it_ends()
    {
        _rig.Start(_rig.ConnectionString);
        using ServiceConnection first = await _rig.Hub.AcceptAsync();
        MqttConnectPacket connect = await first.GreetAsync();
        await first.GrantAsync();
        await first.AnswerTwinAsync("""{"desired":{"telemetryInterval":86400,"$version":1},"reported":{}}""");
        for (long passed = 0; passed < 20 * 3600 * 1000L;)
        {
            int wait = await _rig.Clock.IdleAsync();
            _rig.Clock.Advance(wait);
            passed += wait;
        }

        using ServiceConnection second = await _rig.Hub.AcceptAsync();
        MqttConnectPacket renewed = await second.GreetAsync();
        Assert.AreEqual(ExpiryOf(connect) + (20 * 3600), ExpiryOf(renewed), 1);
        Assert.DoesNotContain("ERROR", _rig.Machine.Sent);
        Assert.DoesNotContain(FaultRig.Key, _rig.Machine.Sent);
    }

    private static long ExpiryOf(MqttConnectPacket connect)
    {
        string token = System.Text.Encoding.UTF8.GetString(connect.Password!);
        return long.Parse(
            token[(token.LastIndexOf("se=", StringComparison.Ordinal) + 3)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task RefuseAsync(ScriptedService hub)
    {
        using ServiceConnection connection = await hub.AcceptAsync();
        await connection.GreetAsync(MqttConnectReturnCode.ConnectionRefusedNotAuthorized);
        await connection.ExpectEndAsync();
    }
}
