using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>What a service answers to a CONNECT.</summary>
/// <param name="ReturnCode">The answer.</param>
/// <param name="Session">What stands behind the connection from now on; null when it was refused.</param>
/// <param name="Reason">Why it was refused, for the log: the device is told the return code alone.</param>
/// <param name="Expires">When the connection ends whatever happens, because its SAS token does; null for never.</param>
/// <param name="Key">By what its session is kept where the client asks for that; null where the service keeps none.</param>
internal sealed record ConnectResult(
    MqttConnectReturnCode ReturnCode, IMqttSession? Session, string Reason, DateTimeOffset? Expires = null, MqttSessionKey? Key = null)
{
    internal static ConnectResult Accept(IMqttSession session, DateTimeOffset? expires = null, MqttSessionKey? key = null) =>
        new(MqttConnectReturnCode.Accepted, session, "", expires, key);

    internal static ConnectResult Refuse(MqttConnectReturnCode returnCode, string reason) => new(returnCode, null, reason);
}
