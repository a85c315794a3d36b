using System.Security.Cryptography.X509Certificates;
using DevKit.Dps.Tests.Services;
using DevKit.Dps.Tests.Support;

namespace DevKit.Dps.Tests.Mosquitto;

/// <summary>The whole firmware, assigned by the scripted provisioning service to a hub that Mosquitto stands for.</summary>
[TestClass]
[DoNotParallelize]
public sealed class FirmwareTests
{
    [TestMethod]
    public async Task It_registers_joins_sends_follows_its_twin_and_comes_back()
    {
        using X509Certificate2 ownerCa = OwnerCa.Create();
        using FaultRig rig = new();
        using MosquittoHub hub = await MosquittoHub.StartAsync(ownerCa);
        using HubService service = await hub.ConnectServiceAsync();
        Assert.IsTrue(rig.Identity.TryAttachOwnerCertificate(OwnerCa.Sign(rig.Identity, ownerCa), out string problem), problem);
        rig.Machine.CaStore += "\n" + hub.Machine.CaStore;
        Func<string, int, Stream> open = rig.Machine.OpenConnection!;
        rig.Machine.OpenConnection = (host, port) => (host == MosquittoHub.Host ? hub.Machine.OpenConnection! : open)(host, port);
        rig.Start();
        await rig.Dps.AssignAsync(MosquittoHub.Host, FaultRig.Id);

        (string topic, _) = await service.ReceiveAsync();
        Assert.AreEqual("$iothub/twin/GET/?$rid=1", topic);
        await service.SendAsync("$iothub/twin/res/200/?$rid=1", """{"desired":{"telemetryInterval":60,"$version":3},"reported":{}}""");
        (topic, string body) = await service.ReceiveAsync();
        Assert.StartsWith($"devices/{FaultRig.Id}/messages/events/", topic);
        Assert.AreEqual("""{"message":1,"runningSeconds":1}""", body);
        rig.Machine.WaitForSent("Twin: Telemetry every 60 s.");

        await service.SendAsync("$iothub/methods/POST/identity/?$rid=a", "");
        (topic, body) = await service.ReceiveAsync();
        Assert.AreEqual("$iothub/methods/res/200/?$rid=a", topic);
        Assert.Contains($"\"registrationId\":\"{FaultRig.Id}\"", body);
        await service.SendAsync($"devices/{FaultRig.Id}/messages/devicebound/", "hello");
        rig.Machine.WaitForSent("Hub: received hello");

        hub.Kill();
        await rig.ExpectPauseAsync("The connection to hub.example was lost.", 2, 2);
    }
}
