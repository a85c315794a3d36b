namespace nanoFramework.M2Mqtt.Exceptions;

public class MqttClientException : Exception
{
    public MqttClientException(MqttClientErrorCode errorCode) => ErrorCode = errorCode;

    public MqttClientErrorCode ErrorCode { get; set; }
}

public class MqttCommunicationException : Exception
{
    public MqttCommunicationException()
    {
    }

    public MqttCommunicationException(Exception e)
        : base(string.Empty, e)
    {
    }
}

public class MqttConnectionException : Exception
{
    public MqttConnectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

public class MqttTimeoutException : Exception
{
}
