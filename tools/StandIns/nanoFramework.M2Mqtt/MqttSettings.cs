namespace nanoFramework.M2Mqtt;

/// <summary>One set of settings for all clients of the process, as on the device.</summary>
public class MqttSettings
{
    public const int BrokerDefaultPort = 1883;
    public const int BrokerDefaultSslPort = 8883;

    /// <summary>How long an answer is waited for, milliseconds.</summary>
    public const int DefaultTimeout = 30_000;

    public const int MaximumAttemptsRetry = 3;

    /// <summary>Pause before a packet is sent again that was not acknowledged, milliseconds.</summary>
    public const int DefaultDelayRetry = 1_000;

    public const int ConnectTimeout = 30_000;
    public const int DefaultInflightQueueSize = int.MaxValue;

    private MqttSettings()
    {
    }

    public static MqttSettings Instance { get; } = new();

    public int Port { get; internal set; } = BrokerDefaultPort;

    public int SslPort { get; internal set; } = BrokerDefaultSslPort;

    public int TimeoutOnConnection { get; internal set; } = ConnectTimeout;

    public int TimeoutOnReceiving { get; internal set; } = DefaultTimeout;

    public int AttemptsOnRetry { get; internal set; } = MaximumAttemptsRetry;

    public int DelayOnRetry { get; internal set; } = DefaultDelayRetry;

    public int InflightQueueSize { get; set; } = DefaultInflightQueueSize;

    /// <exception cref="NotSupportedException">It is cleared: a server that nobody verifies has no place here.</exception>
    public bool ValidateServerCertificate
    {
        get => true;
        set
        {
            if (!value)
            {
                throw new NotSupportedException(
                    "ValidateServerCertificate cannot be cleared: put the server's CA certificate into the device's CA store instead.");
            }
        }
    }
}
