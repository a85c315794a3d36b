using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Dps;

/// <summary>
/// The provisioning service's door. It refuses as Azure's does: a wrong ID scope by CONNACK 3, a CONNECT without a certificate
/// or under another client ID by CONNACK 5, and everything else, a wrong certificate too, in the answer to the registration.
/// </summary>
internal sealed class DpsService(string idScope, DpsRegistrations registrations)
{
    /// <summary>Answers a CONNECT.</summary>
    internal Admission Admit(ConnectPacket connect, DpsUserName name, X509Certificate2? shown, MqttPeer peer)
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

        return shown is null
            ? Admission.Refuse(MqttConnectReturnCode.NotAuthorized, "it showed no client certificate")
            : Admission.Admit(new DpsSession(registrations, name.RegistrationId, shown, peer));
    }
}
