namespace nanoFramework.M2Mqtt.Messages;

/// <summary>What the server answered to CONNECT, whether it accepts the connection or refuses it.</summary>
public class ConnectionOpenedEventArgs : EventArgs
{
    public ConnectionOpenedEventArgs(MqttMsgConnack connact) => Message = connact;

    public MqttMsgConnack Message { get; }
}
