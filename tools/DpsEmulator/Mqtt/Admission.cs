using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>What becomes of a CONNECT.</summary>
/// <param name="ReturnCode">The answer.</param>
/// <param name="Session">What stands behind the connection from now on; null when it was refused.</param>
/// <param name="Reason">Why it was refused, for the log: the device is told the return code alone.</param>
internal sealed record Admission(MqttConnectReturnCode ReturnCode, IMqttSession? Session, string Reason)
{
    internal static Admission Admit(IMqttSession session) => new(MqttConnectReturnCode.Accepted, session, "");

    internal static Admission Refuse(MqttConnectReturnCode returnCode, string reason) => new(returnCode, null, reason);
}
