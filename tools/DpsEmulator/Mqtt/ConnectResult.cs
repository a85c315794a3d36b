using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>What a service answers to a CONNECT.</summary>
/// <param name="ReturnCode">The answer.</param>
/// <param name="Session">What stands behind the connection from now on; null when it was refused.</param>
/// <param name="Reason">Why it was refused, for the log: the device is told the return code alone.</param>
/// <param name="Expires">When the connection ends whatever happens, because its SAS token does; null for never.</param>
internal sealed record ConnectResult(MqttConnectReturnCode ReturnCode, IMqttSession? Session, string Reason, DateTimeOffset? Expires = null)
{
    internal static ConnectResult Accept(IMqttSession session, DateTimeOffset? expires = null) =>
        new(MqttConnectReturnCode.Accepted, session, "", expires);

    internal static ConnectResult Refuse(MqttConnectReturnCode returnCode, string reason) => new(returnCode, null, reason);
}
