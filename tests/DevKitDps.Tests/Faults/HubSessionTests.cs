using System.Buffers;
using System.Text;
using System.Text.Json;
using DevKit.Board;
using DevKit.Dps.Session;
using DevKit.Dps.Tests.Services;
using DevKit.Support.Servers;
using MQTTnet.Packets;

namespace DevKit.Dps.Tests.Faults;

/// <summary>What the device does at its hub, alone and all at once.</summary>
[TestClass]
[DoNotParallelize]
public sealed class HubSessionTests : IDisposable
{
    private readonly FaultRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [TestMethod]
    public async Task It_subscribes_asks_for_its_twin_and_reports_what_it_is()
    {
        _rig.Start();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
        using ServiceConnection hub = await _rig.Hub.AcceptAsync();
        await hub.GreetAsync();
        CollectionAssert.AreEqual(
            new[]
            {
                "devices/my-devkit/messages/devicebound/#", "$iothub/methods/POST/#", "$iothub/twin/res/#",
                "$iothub/twin/PATCH/properties/desired/#",
            },
            await hub.GrantAsync());
        await hub.AnswerTwinAsync("""{"desired":{"$version":1},"reported":{}}""");
        JsonElement report = await hub.ReceiveReportAsync();
        Assert.AreEqual("my-devkit", report.GetProperty("registrationId").GetString());
        Assert.AreEqual("1.4.1", report.GetProperty("firmwareVersion").GetString());
        Assert.AreEqual("1.0.0", report.GetProperty("bootVersion").GetString());
        Assert.AreEqual(Convert.ToHexStringLower(_rig.Identity.Fwid), report.GetProperty("fwid").GetString());
        Assert.AreEqual("power", report.GetProperty("resetReason").GetString());
        Assert.AreEqual(2, report.GetProperty("crashesInARow").GetInt32());
        Assert.AreEqual(1, report.GetProperty("uptimeSeconds").GetInt32());
        Assert.AreEqual(0, report.GetProperty("droppedTelemetry").GetInt32());
        Assert.AreEqual(0, report.GetProperty("droppedMessages").GetInt32());
        Assert.AreEqual(Convert.ToHexString(_rig.Identity.AliasCertificate), Convert.ToHexString(hub.ClientChain.Single().RawData));
    }

    [TestMethod]
    public async Task Telemetry_says_what_it_is_and_when_it_was_made()
    {
        _rig.Start();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
        using ServiceConnection hub = await _rig.Hub.WelcomeAsync();
        MqttPublishPacket message = await hub.ReceiveAsync<MqttPublishPacket>(Hub.IsTelemetry);
        Assert.AreEqual(
            "devices/my-devkit/messages/events/$.ct=application%2Fjson&$.ce=utf-8&firmwareVersion=1.4.1&$.ctime=2026-11-25T10%3A00%3A01Z",
            message.Topic);
        Assert.AreEqual("{\"message\":1,\"runningSeconds\":1}", Encoding.UTF8.GetString(message.Payload.ToArray()));
    }

    [TestMethod]
    [DataRow("5", 5)]
    [DataRow("86400", 86400)]
    [DataRow("null", 10)]
    public async Task A_desired_interval_is_followed_and_reported(string value, int seconds)
    {
        _rig.Start();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
        using ServiceConnection hub = await _rig.Hub.WelcomeAsync(
            $$$"""{"desired":{"telemetryInterval":{{{value}}},"$version":7},"reported":{}}""");
        JsonElement answer = (await hub.ReceiveReportAsync()).GetProperty("telemetryInterval");
        Assert.AreEqual($$"""{"value":{{seconds}},"ac":200,"av":7}""", answer.GetRawText());
    }

    [TestMethod]
    [DataRow("4")]
    [DataRow("86401")]
    [DataRow("10.5")]
    [DataRow("\"10\"")]
    [DataRow("true")]
    [DataRow("{}")]
    [DataRow("[1,2]")]
    [DataRow("-1")]
    [DataRow("99999999999999999999")]
    [TestCategory("H13")]
    public async Task A_desired_interval_that_is_refused_is_reported_with_the_reason(string value)
    {
        using ServiceConnection hub = await _rig.StartAtHubAsync();
        await hub.DesireAsync(2, $$"""{"telemetryInterval":{{value}},"$version":2}""");
        JsonElement answer = (await hub.ReceiveReportAsync()).GetProperty("telemetryInterval");
        Assert.AreEqual(
            """{"value":10,"ac":400,"av":2,"ad":"telemetryInterval is to be a whole number of seconds from 5 to 86400."}""",
            answer.GetRawText());
    }

    [TestMethod]
    [TestCategory("H12")]
    public async Task A_change_that_was_missed_is_read_with_the_twin()
    {
        using ServiceConnection hub = await _rig.StartAtHubAsync();
        await hub.DesireAsync(1, """{"telemetryInterval":11}""");
        await hub.DesireAsync(4, """{"telemetryInterval":12}""");
        await hub.AnswerTwinAsync("""{"desired":{"telemetryInterval":13,"$version":5},"reported":{}}""");
        Assert.AreEqual("""{"value":13,"ac":200,"av":5}""", (await hub.ReceiveReportAsync()).GetProperty("telemetryInterval").GetRawText());
        await hub.DesireAsync(5, """{"telemetryInterval":14}""");
        await hub.DesireAsync(6, """{"telemetryInterval":15}""");
        Assert.AreEqual("""{"value":15,"ac":200,"av":6}""", (await hub.ReceiveReportAsync()).GetProperty("telemetryInterval").GetRawText());
    }

    [TestMethod]
    [TestCategory("H12")]
    public async Task A_change_that_overtakes_an_older_twin_has_the_twin_read_again()
    {
        _rig.Start();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
        using ServiceConnection hub = await _rig.Hub.AcceptDeviceAsync();
        await hub.DesireAsync(9, """{"telemetryInterval":20}""");
        await hub.AnswerTwinAsync("""{"desired":{"telemetryInterval":19,"$version":8},"reported":{}}""");
        await hub.ReceiveReportAsync();
        Assert.AreEqual(8, Version(await hub.ReceiveReportAsync()));

        // Not at once: a hub that goes on giving the older one is not asked without end.
        int wait = await _rig.Clock.IdleAsync();
        Assert.AreEqual(DeviceTwin.StaleMilliseconds, wait);
        _rig.Clock.Advance(wait);
        await hub.AnswerTwinAsync("""{"desired":{"telemetryInterval":20,"$version":9},"reported":{}}""");
        Assert.AreEqual(9, Version(await hub.ReceiveReportAsync()));

        static int Version(JsonElement report) => report.GetProperty("telemetryInterval").GetProperty("av").GetInt32();
    }

    [TestMethod]
    public async Task Another_hub_counts_the_versions_of_the_twin_anew()
    {
        ServiceConnection hub = await _rig.StartAtHubAsync();
        await hub.DesireAsync(2, """{"telemetryInterval":60}""");
        await hub.ReceiveReportAsync();
        await _rig.Clock.IdleAsync();
        hub.Reset();
        await _rig.ExpectPauseAsync("The connection to hub.example was lost.", 2, 2);
        await _rig.PassPauseAsync();
        using ServiceConnection again = await _rig.Hub.WelcomeAsync("""{"desired":{"telemetryInterval":30,"$version":1},"reported":{}}""");
        await again.ReceiveReportAsync();
        Assert.IsGreaterThan(DeviceTwin.StaleMilliseconds, await _rig.Clock.IdleAsync(), "The twin is not asked for again.");
    }

    [TestMethod]
    [TestCategory("H11")]
    public async Task A_twin_that_does_not_come_is_asked_for_again_after_30_seconds()
    {
        _rig.Start();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
        using ServiceConnection hub = await _rig.Hub.AcceptDeviceAsync();
        await hub.ReceiveAsync<MqttPublishPacket>(packet => packet.Topic == "$iothub/twin/GET/?$rid=1");
        for (long passed = 0; passed < DeviceTwin.AnswerMilliseconds;)
        {
            int wait = await _rig.Clock.IdleAsync();
            _rig.Clock.Advance(wait);
            passed += wait;
        }

        await hub.ReceiveAsync<MqttPublishPacket>(packet => packet.Topic == "$iothub/twin/GET/?$rid=3");
    }

    [TestMethod]
    [DataRow("identity", "", 200)]
    [DataRow("identity", "null", 200)]
    [DataRow("identity", "{\"a\":", 400)]
    [DataRow("blink", "{\"times\":2}", 200)]
    [DataRow("blink", "{\"times\":null}", 200)]
    [DataRow("blink", "{\"times\":0}", 400)]
    [DataRow("blink", "{\"times\":21}", 400)]
    [DataRow("blink", "{\"times\":\"x\"}", 400)]
    [DataRow("toast", "{}", 404)]
    public async Task A_method_is_answered(string name, string payload, int status)
    {
        using ServiceConnection hub = await _rig.StartAtHubAsync();
        Assert.AreEqual(status, (await hub.InvokeAsync(name, payload)).Status);
        _rig.Machine.WaitForSent($"Hub: method {name} answered with {status}");
    }

    [TestMethod]
    public async Task Identity_is_that_of_the_certificate()
    {
        using ServiceConnection hub = await _rig.StartAtHubAsync();
        JsonElement identity = (await hub.InvokeAsync("identity", "")).Body;
        Assert.AreEqual("my-devkit", identity.GetProperty("registrationId").GetString());
        Assert.AreEqual(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_rig.Identity.AliasCertificate)),
            identity.GetProperty("fingerprint").GetString());
        Assert.AreEqual("1.4.1", identity.GetProperty("firmwareVersion").GetString());
    }

    [TestMethod]
    public async Task The_user_LED_blinks_as_often_as_it_is_told_and_nothing_else_waits()
    {
        int turnedOn = 0;
        _rig.Machine.PinWritten += (pin, high) => turnedOn += pin == BoardPins.UserLed && high ? 1 : 0;
        using ServiceConnection hub = await _rig.StartAtHubAsync();
        await hub.InvokeAsync("blink", "{\"times\":4}");

        // The first of the eight steps, on and off, comes at once.
        for (int i = 0; i < 7; i++)
        {
            int wait = await _rig.Clock.IdleAsync();
            Assert.IsLessThanOrEqualTo(Blinker.StepMilliseconds, wait);
            Assert.AreEqual(200, (await hub.InvokeAsync("identity", "", $"i{i}")).Status);
            await _rig.Clock.IdleAsync();
            _rig.Clock.Advance(wait);
        }

        Assert.AreEqual(200, (await hub.InvokeAsync("identity", "", "last")).Status);
        Assert.AreEqual(4, turnedOn);
        Assert.IsFalse(_rig.Machine.ReadPin(BoardPins.UserLed));
    }

    [TestMethod]
    public async Task Reboot_is_answered_and_ends_the_application()
    {
        using ServiceConnection hub = await _rig.StartAtHubAsync();
        Assert.AreEqual(200, (await hub.InvokeAsync("reboot", "")).Status);
        await hub.ExpectEndAsync();
        await _rig.Ended.WaitAsync(ScriptedServer.Patience);
        Assert.DoesNotContain("ERROR", _rig.Machine.Sent);
    }

    [TestMethod]
    [DataRow("mtd")]
    [DataRow("dtm")]
    [DataRow("mdt")]
    [DataRow("tdm")]
    [DataRow("tmd")]
    [DataRow("dmt")]
    [TestCategory("H15")]
    public async Task Whatever_comes_while_a_message_is_on_its_way_is_done_in_its_order(string order)
    {
        using ServiceConnection hub = await _rig.StartAtHubAsync();
        int wait = await _rig.Clock.IdleAsync();
        hub.IsAcknowledging = false;
        _rig.Clock.Advance(wait);
        MqttPublishPacket message = await hub.ReceiveAsync<MqttPublishPacket>(Hub.IsTelemetry);
        foreach (char what in order)
        {
            await (what switch
            {
                'm' => hub.SendAsync("$iothub/methods/POST/identity/?$rid=x", ""),
                'd' => hub.DesireAsync(2, """{"telemetryInterval":33}"""),
                _ => hub.SendAsync("devices/my-devkit/messages/devicebound/", "hello"),
            });
        }

        hub.IsAcknowledging = true;
        await hub.SendAsync(new MqttPubAckPacket { PacketIdentifier = message.PacketIdentifier });
        Assert.AreEqual(200, (await hub.ReceiveAnswerAsync("x")).Status);
        Assert.AreEqual(33, (await hub.ReceiveReportAsync()).GetProperty("telemetryInterval").GetProperty("value").GetInt32());
        _rig.Machine.WaitForSent("Hub: received hello");
        _rig.Machine.WaitForSent("Hub: method identity");
        _rig.Machine.WaitForSent("Twin: Telemetry every");
        string sent = _rig.Machine.Sent;
        string[] told =
            [.. order.Select(what => what switch { 'm' => "Hub: method identity", 'd' => "Twin: Telemetry every", _ => "Hub: received" })];
        int[] places = [.. told.Select(text => sent.IndexOf(text, StringComparison.Ordinal))];
        CollectionAssert.AreEqual(places.Order().ToArray(), places, sent);
    }

    [TestMethod]
    public async Task What_comes_while_the_answer_to_a_method_is_on_its_way_is_done_behind_it()
    {
        using ServiceConnection hub = await _rig.StartAtHubAsync();
        await _rig.Clock.IdleAsync();
        hub.IsAcknowledging = false;
        await hub.SendAsync("$iothub/methods/POST/identity/?$rid=first", "");
        MqttPublishPacket answer = await hub.ReceiveAsync<MqttPublishPacket>(
            packet => packet.Topic == "$iothub/methods/res/200/?$rid=first");
        await hub.DesireAsync(2, """{"telemetryInterval":44}""");
        await hub.SendAsync("$iothub/methods/POST/toast/?$rid=second", "");
        hub.IsAcknowledging = true;
        await hub.SendAsync(new MqttPubAckPacket { PacketIdentifier = answer.PacketIdentifier });
        Assert.AreEqual(44, (await hub.ReceiveReportAsync()).GetProperty("telemetryInterval").GetProperty("value").GetInt32());
        Assert.AreEqual(404, (await hub.ReceiveAnswerAsync("second")).Status);
    }

    [TestMethod]
    [TestCategory("H14")]
    public async Task A_burst_of_3000_messages_of_64_KiB_is_survived_and_what_found_no_room_is_counted()
    {
        using ServiceConnection hub = await _rig.StartAtHubAsync();
        await _rig.Clock.IdleAsync();

        // The one thread that empties the queue is held meanwhile, at the LED.
        using ManualResetEventSlim held = new();
        _rig.Machine.PinWritten += (pin, high) => held.Wait(ScriptedServer.Patience * (pin == BoardPins.UserLed && high ? 1 : 0));
        Assert.AreEqual(200, (await hub.InvokeAsync("blink", "{\"times\":1}")).Status);
        string body = new('x', 64 * 1024);
        for (int i = 0; i < 3000; i++)
        {
            await hub.SendAsync("devices/my-devkit/messages/devicebound/", body);
        }

        await hub.SendAcknowledgedAsync("$iothub/methods/POST/identity/?$rid=after", "");
        held.Set();
        Assert.AreEqual(200, (await hub.ReceiveAnswerAsync("after")).Status);
        JsonElement report = await hub.ReceiveReportAsync();
        Assert.IsInRange(1, 2999, report.GetProperty("droppedMessages").GetInt32());
        _rig.Machine.WaitForSent("Hub: received " + new string('x', 400) + "...");

        // What one connection dropped, the next one reports.
        int dropped = report.GetProperty("droppedMessages").GetInt32();
        await _rig.Clock.IdleAsync();
        hub.Reset();
        await _rig.ExpectPauseAsync("The connection to hub.example was lost.", 2, 2);
        await _rig.PassPauseAsync();
        using ServiceConnection again = await _rig.Hub.AcceptDeviceAsync();
        Assert.IsGreaterThanOrEqualTo(dropped, (await again.ReceiveReportAsync()).GetProperty("droppedMessages").GetInt32());
    }
}
