using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Dps;

/// <summary>
/// The provisioning service's door. It refuses as Azure's does, as far as that is known: a wrong ID scope by CONNACK 3, a CONNECT under another
/// client ID, or with neither certificate nor token, by CONNACK 5, and everything else, a wrong certificate or token too, in the
/// answer to the registration.
/// </summary>
internal sealed class DpsService(string idScope, DpsRegistrations registrations)
{
    /// <summary>The name of the DPS that every device knows.</summary>
    internal const string GlobalEndpoint = "global.azure-devices-provisioning.net";

    /// <summary>The ID scope that devices must name.</summary>
    internal string IdScope => idScope;

    /// <summary>Answers a CONNECT.</summary>
    internal Admission Admit(ConnectPacket connect, DpsUserName name, DeviceProof shown, MqttPeer peer)
    {
        if (name.IdScope != idScope)
        {
            return Admission.Refuse(MqttConnectReturnCode.ServerUnavailable, $"its ID scope is '{name.IdScope}', this one's is {idScope}");
        }

        if (connect.ClientId != name.RegistrationId)
        {
            return Admission.Refuse(
                MqttConnectReturnCode.NotAuthorized, $"its client ID is not its registration ID, '{name.RegistrationId}'");
        }

        return shown.Lack is { } lack
            ? Admission.Refuse(MqttConnectReturnCode.NotAuthorized, lack)
            : Admission.Admit(new DpsSession(registrations, name, shown, peer));
    }
}
