using DevKit.DpsEmulator.Attestations;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>A service behind the MQTT endpoint: DPS, or the hub. The user name of CONNECT says which one a device wants.</summary>
internal interface IMqttService
{
    /// <summary>
    /// Answers a CONNECT; null when its user name is not one of this service's. A session that is accepted will be closed,
    /// whatever happens.
    /// </summary>
    ValueTask<ConnectResult?> ConnectAsync(ConnectPacket connect, DeviceProof proof, MqttPeer peer);
}
