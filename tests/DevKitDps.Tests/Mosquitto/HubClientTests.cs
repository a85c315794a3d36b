using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.Azure;
using DevKit.Azure.Hub;
using DevKit.Azure.Time;
using DevKit.Dice;
using DevKit.Dps.Tests.Support;
using DevKit.Dps.Time;
using static DevKit.Dps.Tests.Support.ApplicationRig;

namespace DevKit.Dps.Tests.Mosquitto;

/// <summary>The firmware's hub client at Mosquitto: another MQTT, and OpenSSL to judge the certificates that a device shows.</summary>
[TestClass]
[DoNotParallelize]
public sealed class HubClientTests : IDisposable
{
    // In milliseconds: what is sent has come by then, however slow the machine is.
    private const int Patience = 30_000;

    private readonly X509Certificate2 _ownerCa = OwnerCa.Create();
    private readonly DiceCredential _identity = MakeIdentity("image");

    public void Dispose() => _ownerCa.Dispose();

    [TestMethod]
    public async Task Telemetry_of_a_device_of_the_owners_reaches_the_hub()
    {
        using MosquittoHub hub = await MosquittoHub.StartAsync(_ownerCa);
        using HubService service = await hub.ConnectServiceAsync();
        using HubClient device = Open(MakeGroupCredential());
        device.SendTelemetry(Encoding.UTF8.GetBytes("""{"n":1}"""), null);
        device.SendTelemetry(Encoding.UTF8.GetBytes("""{"n":2}"""), "createdAt=now");

        const string Topic = $"devices/{Id}/messages/events/$.ct=application%2Fjson&$.ce=utf-8";
        Assert.AreEqual((Topic, """{"n":1}"""), await service.ReceiveAsync());
        Assert.AreEqual((Topic + "&createdAt=now", """{"n":2}"""), await service.ReceiveAsync());
    }

    [TestMethod]
    public async Task A_device_joins_with_the_operational_certificate_that_it_requested()
    {
        using X509Certificate2 cloudCa = OwnerCa.Create();
        using MosquittoHub hub = await MosquittoHub.StartAsync(cloudCa);
        using HubService service = await hub.ConnectServiceAsync();
        byte[] issued = OwnerCa.SignRequest(_identity.CreateAliasRequest(), cloudCa);
        using HubClient device = Open(CloudCredential.FromIssuedChain([issued, cloudCa.RawData], _identity));
        device.SendTelemetry("{}"u8.ToArray(), null);
        StringAssert.StartsWith((await service.ReceiveAsync()).Topic, $"devices/{Id}/");
    }

    [TestMethod]
    public async Task A_message_to_the_device_arrives()
    {
        using MosquittoHub hub = await MosquittoHub.StartAsync(_ownerCa);
        using HubService service = await hub.ConnectServiceAsync();
        using HubClient device = Open(MakeGroupCredential());
        await service.SendAsync($"devices/another/messages/devicebound/a=b", "to another");
        await service.SendAsync($"devices/{Id}/messages/devicebound/a=b", "hello");
        AssertReceives(device, HubMessageKind.ToDevice, "hello");
    }

    [TestMethod]
    public async Task A_method_is_answered_and_the_twin_is_read()
    {
        using MosquittoHub hub = await MosquittoHub.StartAsync(_ownerCa);
        using HubService service = await hub.ConnectServiceAsync();
        using HubClient device = Open(MakeGroupCredential());
        await service.SendAsync("$iothub/methods/POST/blink/?$rid=7f", """{"times":3}""");
        HubMessage method = AssertReceives(device, HubMessageKind.Method, """{"times":3}""");
        Assert.AreEqual("blink", method.Name);
        device.Answer(method, 200, "{}");
        Assert.AreEqual(("$iothub/methods/res/200/?$rid=7f", "{}"), await service.ReceiveAsync());

        string request = device.RequestTwin();
        Assert.AreEqual(("$iothub/twin/GET/?$rid=" + request, ""), await service.ReceiveAsync());
        await service.SendAsync($"$iothub/twin/res/200/?$rid={request}", """{"desired":{}}""");
        HubMessage twin = AssertReceives(device, HubMessageKind.TwinAnswer, """{"desired":{}}""");
        Assert.AreEqual(request, twin.RequestId);
        Assert.AreEqual(200, twin.Status);

        await service.SendAsync("$iothub/twin/PATCH/properties/desired/?$version=5", "{}");
        Assert.AreEqual(5, AssertReceives(device, HubMessageKind.DesiredChange, "{}").Version);
    }

    [TestMethod]
    public async Task A_device_of_another_owner_is_refused()
    {
        using MosquittoHub hub = await MosquittoHub.StartAsync(_ownerCa);
        using X509Certificate2 other = OwnerCa.Create();
        AssertAttached(OwnerCa.Sign(_identity, other));
        AssertFails(CloudReason.TlsFailed, CloudCredential.FromIdentity(_identity));
        Assert.IsNotNull(await hub.FindLogAsync("certificate verify failed"));
    }

    [TestMethod]
    public async Task A_device_that_does_not_show_the_owners_certificate_is_refused()
    {
        using MosquittoHub hub = await MosquittoHub.StartAsync(_ownerCa);
        AssertFails(CloudReason.TlsFailed, CloudCredential.FromIdentity(_identity));
        Assert.IsNotNull(await hub.FindLogAsync("certificate verify failed"));
    }

    [TestMethod]
    public async Task A_hub_of_a_CA_that_the_device_does_not_have_is_refused()
    {
        using MosquittoHub hub = await MosquittoHub.StartAsync(_ownerCa);
        hub.Machine.CaStore = null;
        AssertFails(CloudReason.ServerNotTrusted, MakeGroupCredential());
    }

    [TestMethod]
    public async Task A_hub_whose_certificate_names_another_is_refused()
    {
        using MosquittoHub hub = await MosquittoHub.StartAsync(_ownerCa, "another-hub.example");
        AssertFails(CloudReason.ServerNotTrusted, MakeGroupCredential());
    }

    [TestMethod]
    public async Task A_broker_that_dies_is_a_lost_connection()
    {
        using MosquittoHub hub = await MosquittoHub.StartAsync(_ownerCa);
        using HubClient device = Open(MakeGroupCredential());
        hub.Kill();
        CloudException lost = Assert.ThrowsExactly<CloudException>(() => device.Receive(Patience));
        Assert.AreEqual(CloudReason.ConnectionLost, lost.Reason);
    }

    private static HubClient Open(CloudCredential credential) => HubClient.Open(MosquittoHub.Host, Id, credential, new BoardClock());

    private static void AssertFails(CloudReason reason, CloudCredential credential) =>
        Assert.AreEqual(reason, Assert.ThrowsExactly<CloudException>(() => Open(credential)).Reason);

    private static HubMessage AssertReceives(HubClient device, HubMessageKind kind, string body)
    {
        HubMessage? message = device.Receive(Patience);
        Assert.IsNotNull(message);
        Assert.AreEqual(kind, message.Kind);
        Assert.AreEqual(body, Encoding.UTF8.GetString(message.Body));
        return message;
    }

    private CloudCredential MakeGroupCredential()
    {
        AssertAttached(OwnerCa.Sign(_identity, _ownerCa));
        return CloudCredential.FromIdentity(_identity);
    }

    private void AssertAttached(byte[] ownerCertificate) =>
        Assert.IsTrue(_identity.TryAttachOwnerCertificate(ownerCertificate, out string problem), problem);
}
