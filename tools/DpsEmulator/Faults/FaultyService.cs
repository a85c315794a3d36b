using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Faults;

/// <summary>A service as it is on a bad day: what the rules say goes wrong, and everything else is the service's.</summary>
/// <param name="inner">The service.</param>
/// <param name="faults">What goes wrong with it.</param>
/// <param name="serves">Whether a user name is one of the service's.</param>
internal sealed class FaultyService(IMqttService inner, FaultInjection faults, Predicate<string?> serves) : IMqttService
{
    public async ValueTask<ConnectResult?> ConnectAsync(ConnectPacket connect, DeviceProof proof, MqttPeer peer)
    {
        if (!serves(connect.UserName))
        {
            return null;
        }

        string id = connect.ClientId;
        if (await faults.StrikeAsync(id, peer, FaultKind.Connack, FaultKind.Drop, FaultKind.Delay) is { } rule)
        {
            return ConnectResult.Refuse((MqttConnectReturnCode)rule.ReturnCode, $"fault rule {rule.Id}");
        }

        ConnectResult? result = await inner.ConnectAsync(connect, proof, peer);
        return result?.Session is { } session ? result with { Session = new FaultySession(session, faults, id, peer) } : result;
    }
}
