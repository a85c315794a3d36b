using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using DevKit.Dps.Tests.Services;
using DevKit.Dps.Tests.Support;
using MQTTnet.Packets;

namespace DevKit.Dps.Tests.Faults;

/// <summary>What the device proves itself with, at the provisioning service and at the hub.</summary>
[TestClass]
[DoNotParallelize]
public sealed class AttestationTests : IDisposable
{
    private readonly FaultRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [TestMethod]
    public async Task A_device_of_a_group_shows_its_alias_certificate_and_its_owners_in_both_handshakes()
    {
        byte[] owners = OwnerCa.Sign(_rig.Identity);
        Assert.IsTrue(_rig.Identity.TryAttachOwnerCertificate(owners, out string problem), problem);
        _rig.Start();
        using ServiceConnection dps = await _rig.Dps.AcceptDeviceAsync();
        AssertShown(dps, _rig.Identity.AliasCertificate, owners);
        await dps.AnswerAsync(200, "", """{"status":"assigned","registrationState":{"assignedHub":"hub.example","deviceId":"d"}}""");
        using ServiceConnection hub = await _rig.Hub.AcceptAsync();
        AssertShown(hub, _rig.Identity.AliasCertificate, owners);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "of the device")]
    [DataRow(true, DisplayName = "of the device, derived from its group's")]
    public async Task A_shared_key_signs_for_DPS_and_then_for_the_hub(bool isOfGroup)
    {
        // A group's key never goes into a device: what its owner types is derived from it.
        string key = isOfGroup
            ? Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(FaultRig.Key), "by-key"u8))
            : FaultRig.Key;
        _rig.Start($"DPSEndpoint=dps.example;IdScope={FaultRig.Scope};DeviceId=by-key;SymmetricKey={key}");
        using ServiceConnection dps = await _rig.Dps.AcceptAsync();
        MqttConnectPacket connect = await dps.GreetAsync();
        Assert.AreEqual($"{FaultRig.Scope}/registrations/by-key/api-version=2021-06-01", connect.Username);
        AssertSigned(connect, key, $"{FaultRig.Scope}%2Fregistrations%2Fby-key", "&skn=registration");
        Assert.IsEmpty(dps.ClientChain);
        await dps.GrantAsync();
        await dps.AnswerAsync(200, "", """{"status":"assigned","registrationState":{"assignedHub":"hub.example","deviceId":"d"}}""");
        using ServiceConnection hub = await _rig.Hub.AcceptAsync();
        AssertSigned(await hub.GreetAsync(), key, "hub.example%2Fdevices%2Fd", "");
    }

    [TestMethod]
    [DataRow(false, DisplayName = "by certificate")]
    [DataRow(true, DisplayName = "by a shared key")]
    public async Task An_operational_certificate_is_asked_for_by_CSR_and_shown_to_the_hub(bool isByKey)
    {
        _rig.Start(Csr(isByKey));
        using ServiceConnection dps = await _rig.Dps.AcceptAsync();
        MqttConnectPacket connect = await dps.GreetAsync();
        Assert.AreEqual($"{FaultRig.Scope}/registrations/my-devkit/api-version=2025-07-01-preview", connect.Username);
        await dps.GrantAsync();
        using X509Certificate2 authority = OwnerCa.Create();
        byte[]? issued = null;
        await AnswerWithChainAsync(dps, csr => [issued = OwnerCa.SignRequest(csr, authority), authority.RawData]);
        using ServiceConnection hub = await _rig.Hub.AcceptAsync();
        _rig.Machine.WaitForSent("DPS: operational certificate issued, with 1 above it");
        Assert.AreEqual(Convert.ToHexString(issued!), Convert.ToHexString(hub.ClientChain[0].RawData));
        Assert.IsNull((await hub.GreetAsync()).Password);
    }

    [TestMethod]
    [TestCategory("P14")]
    public async Task Without_an_issuing_policy_it_goes_on_with_what_it_has()
    {
        _rig.Start(Csr(false));
        using ServiceConnection dps = await _rig.Dps.AcceptDeviceAsync();
        await dps.AnswerAsync(200, "", """{"status":"assigned","registrationState":{"assignedHub":"hub.example","deviceId":"d"}}""");
        using ServiceConnection hub = await _rig.Hub.AcceptAsync();
        _rig.Machine.WaitForSent("WARNING: No operational certificate was issued");
        AssertShown(hub, _rig.Identity.AliasCertificate);
    }

    [TestMethod]
    [DataRow("another key")]
    [DataRow("no base64")]
    [DataRow("no certificate")]
    [DataRow("empty")]
    [DataRow("broken chain")]
    [TestCategory("P13")]
    public async Task A_chain_that_does_not_certify_this_device_is_refused_and_waits_for_people(string what)
    {
        _rig.Start(Csr(false));
        using ServiceConnection dps = await _rig.Dps.AcceptDeviceAsync();
        using X509Certificate2 authority = OwnerCa.Create();
        await AnswerWithChainAsync(dps, csr => what switch
        {
            "another key" => [OwnerCa.SignRequest(ApplicationRig.MakeIdentity("another image").CreateAliasRequest(), authority)],
            "no certificate" => [[1, 2, 3]],
            "no base64" => ["!"u8.ToArray()],
            "broken chain" => [OwnerCa.SignRequest(csr, authority), _rig.Identity.AliasCertificate],
            _ => [],
        });
        await _rig.ExpectPauseAsync("The operational certificate that was issued can't be used: ", 300, 300);
    }

    private static string Csr(bool isByKey) => $"DPSEndpoint=dps.example;IdScope={FaultRig.Scope};Csr=on"
        + (isByKey ? $";DeviceId={FaultRig.Id};SymmetricKey={FaultRig.Key}" : "");

    private static async Task AnswerWithChainAsync(ServiceConnection dps, Func<byte[], byte[][]> issue)
    {
        // The request has to be read before it is answered.
        MqttPublishPacket request = await dps.ReceiveAsync<MqttPublishPacket>();
        byte[] csr = JsonDocument.Parse(request.Payload).RootElement.GetProperty("csr").GetBytesFromBase64();
        string chain = JsonSerializer.Serialize(
            issue(csr).Select(der => der.AsSpan().SequenceEqual("!"u8) ? "!" : Convert.ToBase64String(der)));
        await dps.SendAsync(
            $"$dps/registrations/res/200/?$rid={Services.Dps.RequestIdOf(request.Topic)}",
            """{"status":"assigned","registrationState":{"assignedHub":"hub.example","deviceId":"d","issuedCertificateChain":"""
                + chain + "}}");
    }

    private static void AssertShown(ServiceConnection connection, params byte[][] certificates) =>
        CollectionAssert.AreEqual(
            certificates.Select(Convert.ToHexString).ToArray(),
            connection.ClientChain.Select(certificate => Convert.ToHexString(certificate.RawData)).ToArray());

    private static void AssertSigned(MqttConnectPacket connect, string key, string resource, string name)
    {
        string token = Encoding.UTF8.GetString(connect.Password!);
        string expiry = token[(token.LastIndexOf("&se=", StringComparison.Ordinal) + 4)..];
        string signature = Convert.ToBase64String(
            HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes($"{resource}\n{expiry}")));
        Assert.AreEqual($"SharedAccessSignature sr={resource}&sig={Uri.EscapeDataString(signature)}{name}&se={expiry}", token);
    }
}
