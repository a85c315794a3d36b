using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>What becomes of a CONNECT.</summary>
/// <param name="ReturnCode">The answer.</param>
/// <param name="Session">What stands behind the connection from now on; null when it was refused.</param>
/// <param name="Reason">Why it was refused, for the log: the device is told the return code alone.</param>
/// <param name="Ends">When the connection is over whatever happens, because its SAS token is; null for never.</param>
internal sealed record Admission(MqttConnectReturnCode ReturnCode, IMqttSession? Session, string Reason, DateTimeOffset? Ends = null)
{
    internal static Admission Admit(IMqttSession session, DateTimeOffset? ends = null) =>
        new(MqttConnectReturnCode.Accepted, session, "", ends);

    internal static Admission Refuse(MqttConnectReturnCode returnCode, string reason) => new(returnCode, null, reason);
}
