using System.Text.Json;
using DevKit.Dps.Tests.Services;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace DevKit.Dps.Tests.Faults;

/// <summary>Rows of docs/faults.md: the provisioning service.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ProvisioningFaultTests : IDisposable
{
    private readonly FaultRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [TestMethod]
    [DataRow(MqttConnectReturnCode.ConnectionRefusedNotAuthorized, 5, 300, 300)]
    [DataRow(MqttConnectReturnCode.ConnectionRefusedServerUnavailable, 3, 2, 2)]
    [TestCategory("P1")]
    [TestCategory("P2")]
    public async Task CONNECT_that_is_refused_is_told_by_its_code(MqttConnectReturnCode code, int number, int least, int most)
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptAsync();
        MqttConnectPacket connect = await connection.GreetAsync(code);
        Assert.AreEqual($"{FaultRig.Scope}/registrations/{FaultRig.Id}/api-version=2021-06-01", connect.Username);
        await _rig.ExpectPauseAsync($"dps.example refuses the device my-devkit (MQTT return code {number}).", least, most);
    }

    [TestMethod]
    [TestCategory("P3")]
    public async Task A_subscription_that_is_refused_waits_for_people()
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptAsync();
        await connection.GreetAsync();
        await connection.GrantAsync(MqttSubscribeReasonCode.UnspecifiedError);
        await _rig.ExpectPauseAsync("dps.example refuses the subscription.", 300, 300);
    }

    [TestMethod]
    [TestCategory("P4")]
    public async Task A_subscription_without_an_answer_is_left_after_30_seconds()
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptAsync();
        await connection.GreetAsync();
        await connection.ReceiveAsync<MqttSubscribePacket>();
        await _rig.Clock.WaitingAsync(30_000);
        _rig.Clock.Advance(30_000);
        await _rig.ExpectPauseAsync("dps.example does not acknowledge the subscription.", 2, 2);
    }

    [TestMethod]
    [TestCategory("P5")]
    public async Task A_request_without_an_acknowledgement_is_left_when_the_client_has_sent_it_three_times()
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
        connection.IsAcknowledging = false;
        await _rig.ExpectPauseAsync("dps.example does not acknowledge the message.", 2, 2);
    }

    [TestMethod]
    [TestCategory("P6")]
    public async Task Thirty_seconds_for_an_answer_are_counted_once_whatever_else_arrives()
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
        await connection.ReceiveAsync<MqttPublishPacket>();
        for (int i = 0; i < 3; i++)
        {
            await _rig.Clock.WaitingAsync(30_000 - (i * 10_000));
            await connection.SendAcknowledgedAsync("$dps/registrations/res/200/?$rid=99", "{\"status\":\"assigned\"}");
            await connection.SendAcknowledgedAsync("$dps/registrations/res/", "");
            _rig.Clock.Advance(10_000);
        }

        await _rig.ExpectPauseAsync("The service does not answer the registration.", 2, 2);
    }

    [TestMethod]
    [DataRow("{\"status\":")]
    [DataRow("no JSON")]
    [DataRow("{\"operationId\":\"5.op\",\"status\":null}")]
    [DataRow("")]
    [TestCategory("P7")]
    public async Task An_answer_that_is_not_understood_is_told_and_tried_again(string body)
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
        await connection.AnswerAsync(200, "", body);
        await _rig.ExpectPauseAsync("The service's answer is not understood: " + body, 2, 2);
    }

    [TestMethod]
    [DataRow(401, """{"errorCode":401002,"message":"Unauthorized"}""", "DPS answers 401002 to my-devkit. Unauthorized")]
    [DataRow(404, """{"errorCode":404201,"message":"Not found"}""", "DPS answers 404201 to my-devkit. Not found")]
    [DataRow(401, "junk", "DPS answers 401 to my-devkit.")]
    [DataRow(400, """{"errorCode":400004}""", "DPS answers 400004 to my-devkit.")]
    [DataRow(200, """{"status":"disabled","registrationState":null}""", "The enrollment of my-devkit is disabled.")]
    [DataRow(200, """{"status":"failed","registrationState":null}""", "DPS answers failed to my-devkit.")]
    [DataRow(200, """{"status":"failed","registrationState":{"errorCode":null,"errorMessage":null}}""", "DPS answers failed to my-devkit.")]
    [TestCategory("P8")]
    public async Task What_only_people_can_mend_is_told_with_the_device_and_tried_every_five_minutes(int status, string body, string error)
    {
        _rig.Start();
        for (int i = 0; i < 2; i++)
        {
            using ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
            await connection.AnswerAsync(status, "", body);
            await _rig.ExpectPauseAsync(error, 300, 300);
            string fingerprint = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_rig.Identity.AliasCertificate));
            Assert.Contains($"This device is my-devkit, its certificate has the SHA-256 fingerprint {fingerprint}.", _rig.Machine.Sent);
            await _rig.PassPauseAsync();
        }
    }

    [TestMethod]
    [DataRow(429, "&retry-after=77", 77, 77)]
    [DataRow(429, "&retry-after=99999", 1800, 1800)]
    [DataRow(500, "&retry-after=0", 2, 2)]
    [DataRow(503, "", 2, 2)]
    [TestCategory("P9")]
    public async Task A_service_that_is_busy_is_asked_again_when_it_wants(int status, string fields, int least, int most)
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
        await connection.AnswerAsync(status, fields, "{\"errorCode\":429001,\"message\":\"Busy\"}");
        await _rig.ExpectPauseAsync("DPS answers 429001 to my-devkit. Busy", least, most);
        await _rig.PassPauseAsync();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
    }

    [TestMethod]
    [DataRow("", 3_000)]
    [DataRow("&retry-after=0", 3_000)]
    [DataRow("&retry-after=7", 7_000)]
    [DataRow("&retry-after=4000000000", 120_000)]
    [TestCategory("P10")]
    public async Task While_assigning_it_is_asked_again_after_the_pause(string fields, int pause)
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
        await connection.AnswerAsync(202, fields, Services.Dps.Assigning);
        _rig.Machine.WaitForSent($"DPS: assigning, asking again in {pause / 1000} s");
        await _rig.Clock.WaitingAsync(pause);
        _rig.Clock.Advance(pause);
        await connection.AnswerAsync(
            200, "", """{"status":"assigned","registrationState":{"assignedHub":"hub.example","deviceId":"d1"}}""");
        using ServiceConnection hub = await _rig.Hub.WelcomeAsync();
    }

    [TestMethod]
    [DataRow("hub.example:8883", "d", "assignedHub")]
    [DataRow("hub/example", "d", "assignedHub")]
    [DataRow("hub example", "d", "assignedHub")]
    [DataRow("hub.example", "a+b", "deviceId")]
    [DataRow("hub.example", "a#b", "deviceId")]
    [TestCategory("P12")]
    public async Task A_name_that_cannot_be_one_is_named_and_waits_for_people(string hub, string deviceId, string field)
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
        await connection.AnswerAsync(
            200, "", $$$"""{"status":"assigned","registrationState":{"assignedHub":"{{{hub}}}","deviceId":"{{{deviceId}}}"}}""");
        string value = field == "deviceId" ? deviceId : hub;
        await _rig.ExpectPauseAsync($"The service's answer has no {field} that can be used: {value}", 300, 300);
    }

    [TestMethod]
    [TestCategory("P15")]
    public async Task A_connection_that_breaks_while_assigning_is_made_anew()
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
        await connection.AnswerAsync(202, "&retry-after=60", Services.Dps.Assigning);
        await _rig.Clock.WaitingAsync(60_000);
        connection.Reset();
        await _rig.ExpectPauseAsync("The connection to dps.example was lost.", 2, 2);
        await _rig.PassPauseAsync();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
    }

    [TestMethod]
    [TestCategory("P16")]
    public async Task Half_a_packet_and_the_end_is_a_lost_connection()
    {
        _rig.Start();
        ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
        await connection.ReceiveAsync<MqttPublishPacket>();
        await connection.SendBytesAsync(0x30, 100, 0, 5, (byte)'a');
        connection.Dispose();
        await _rig.ExpectPauseAsync("The connection to dps.example was lost.", 2, 2);
    }

    [TestMethod]
    public async Task What_comes_back_beside_the_hub_is_shown()
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptDeviceAsync();
        JsonElement request = await connection.AnswerAsync(
            200,
            "",
            """
            {"status":"assigned","registrationState":{"assignedHub":"hub.example","deviceId":"d1","substatus":"deviceDataMigrated",
            "payload":{"site":"Kiel"}}}
            """);
        Assert.AreEqual("my-devkit", request.GetProperty("registrationId").GetString());
        _rig.Machine.WaitForSent("DPS: assigned to hub.example as d1 (deviceDataMigrated)");
        _rig.Machine.WaitForSent("DPS: payload {\"site\":\"Kiel\"}");
    }
}
