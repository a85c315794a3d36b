using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Dps;

/// <summary>
/// The provisioning service. It refuses as Azure's does, as far as that is known: a wrong ID scope by CONNACK 3, a CONNECT under another
/// client ID, or with neither certificate nor token, by CONNACK 5, and everything else, a wrong certificate or token too, in the
/// answer to the registration.
/// </summary>
internal sealed class DpsService(string idScope, DpsRegistrations registrations) : IMqttService
{
    /// <summary>The name of the DPS that every device knows.</summary>
    internal const string GlobalEndpoint = "global.azure-devices-provisioning.net";

    /// <summary>The ID scope that devices must name.</summary>
    internal string IdScope => idScope;

    public ValueTask<ConnectResult?> ConnectAsync(ConnectPacket connect, DeviceProof proof, MqttPeer peer) =>
        ValueTask.FromResult(DpsUserName.TryParse(connect.UserName, out DpsUserName? name) ? Connect(connect, name, proof, peer) : null);

    private ConnectResult Connect(ConnectPacket connect, DpsUserName name, DeviceProof proof, MqttPeer peer)
    {
        if (name.IdScope != idScope)
        {
            return ConnectResult.Refuse(
                MqttConnectReturnCode.ServerUnavailable, $"its ID scope is '{LogText.Clean(name.IdScope)}', this one's is {idScope}");
        }

        if (!DpsApiVersion.IsKnown(name.ApiVersion))
        {
            return ConnectResult.Refuse(
                MqttConnectReturnCode.NotAuthorized, $"its api-version '{LogText.Clean(name.ApiVersion)}' is none of DPS's");
        }

        if (!RegistrationIds.IsValid(name.RegistrationId))
        {
            return ConnectResult.Refuse(
                MqttConnectReturnCode.NotAuthorized,
                $"'{LogText.Clean(name.RegistrationId)}' is no registration ID: {RegistrationIds.Rule}");
        }

        if (!name.RegistrationId.Equals(connect.ClientId, StringComparison.OrdinalIgnoreCase))
        {
            return ConnectResult.Refuse(
                MqttConnectReturnCode.NotAuthorized, $"its client ID is not its registration ID, '{LogText.Clean(name.RegistrationId)}'");
        }

        return proof.Problem is { } problem
            ? ConnectResult.Refuse(MqttConnectReturnCode.NotAuthorized, problem)
            : ConnectResult.Accept(new DpsSession(registrations, name, proof, peer));
    }
}
