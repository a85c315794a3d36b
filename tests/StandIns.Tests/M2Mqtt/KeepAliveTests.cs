using DevKit.Mqtt;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>What the client does when nothing is said.</summary>
[TestClass]
public sealed class KeepAliveTests
{
    [TestMethod]
    public async Task An_idle_client_pings_and_closes_when_nothing_comes_back()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync(keepAlive: 1);

        await rig.Server.ReceiveAsync<PingreqPacket>();
        await rig.Server.SendAsync(new PingrespPacket());
        await rig.Server.ReceiveAsync<PingreqPacket>();

        await rig.Server.ExpectCloseAsync();
        await rig.Closed;
    }

    [TestMethod]
    public async Task A_CONNACK_in_the_place_of_PINGRESP_ends_the_connection()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync(keepAlive: 1);
        await rig.Server.ReceiveAsync<PingreqPacket>();
        await rig.Server.SendAsync(new ConnackPacket());
        await rig.Closed;
    }
}
