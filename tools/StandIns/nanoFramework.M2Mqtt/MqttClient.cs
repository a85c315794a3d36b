using System.Collections;
using System.Net.Sockets;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Internal;
using nanoFramework.M2Mqtt.Messages;
using NanoStandIns;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// The device's MQTT client, for MQTT 3.1.1, over the board's network and .NET's TLS. It follows nanoFramework.M2Mqtt 5.1.220 in
/// all that a program can see, its faults among it: the constructor resolves the name and throws when there is none; sending is left
/// to a thread, which finds what cannot be sent and ends the connection without a word; a refusal may be hidden by the close behind
/// it (<see cref="Exchange"/>), and <see cref="ConnectionOpened"/> has it all the same; <see cref="Close"/> takes a while, and
/// while it does another call returns at once. The members that MQTT 5 needs are left out.
/// </summary>
public class MqttClient : IMqttClient, IDisposable
{
    private const ushort DefaultKeepAlive = 60;

    private MqttConnection _connection;
    private ushort _lastMessageId;

    public MqttClient(string brokerHostName)
        : this(brokerHostName, MqttSettings.BrokerDefaultPort, false, null, null, MqttSslProtocols.None)
    {
    }

    /// <exception cref="SocketException">The name cannot be resolved.</exception>
    public MqttClient(
        string brokerHostName,
        int brokerPort,
        bool secure,
        X509Certificate caCert,
        X509Certificate clientCert,
        MqttSslProtocols sslProtocol) =>
        Init(brokerHostName, brokerPort, secure, caCert, clientCert, sslProtocol);

    public delegate void ConnectionOpenedEventHandler(object sender, ConnectionOpenedEventArgs e);

    public event IMqttClient.MqttMsgPublishEventHandler MqttMsgPublishReceived;

    public event IMqttClient.MqttMsgPublishedEventHandler MqttMsgPublished;

    public event IMqttClient.MqttMsgSubscribedEventHandler MqttMsgSubscribed;

    public event IMqttClient.MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;

    /// <summary>
    /// Raised for every CONNACK, a refusal as well, on the receiving thread and before <c>Connect</c> returns.
    /// </summary>
    public event ConnectionOpenedEventHandler ConnectionOpened;

    public event IMqttClient.ConnectionClosedEventHandler ConnectionClosed;

    /// <summary>Falls when the connection is to be closed: before it is, and before <see cref="ConnectionClosed"/>.</summary>
    public bool IsConnected => _connection.IsConnected;

    public string ClientId { get; private set; }

    public bool CleanSession { get; private set; }

    public bool WillFlag { get; private set; }

    public MqttQoSLevel WillQosLevel { get; private set; }

    public string WillTopic { get; private set; }

    public string WillMessage { get; private set; }

    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.Version_3_1_1;

    public MqttSettings Settings => MqttSettings.Instance;

    /// <summary>How <see cref="Close"/> lets time pass; a test looks on.</summary>
    internal Action<int> Pause
    {
        set => _connection.Pause = value;
    }

    public void Init(string brokerHostName, int brokerPort, bool secure, byte[] caCert, byte[] clientCert, MqttSslProtocols sslProtocol) =>
        Init(
            brokerHostName,
            brokerPort,
            secure,
            caCert == null ? null : new X509Certificate(caCert),
            clientCert == null ? null : new X509Certificate(clientCert),
            sslProtocol);

    public MqttReasonCode Connect(string clientId) => Connect(clientId, null, null, true, DefaultKeepAlive);

    public MqttReasonCode Connect(string clientId, bool cleanSession) => Connect(clientId, null, null, cleanSession, DefaultKeepAlive);

    public MqttReasonCode Connect(string clientId, string username, string password) =>
        Connect(clientId, username, password, true, DefaultKeepAlive);

    public MqttReasonCode Connect(string clientId, string username, string password, bool cleanSession, ushort keepAlivePeriod) =>
        Connect(clientId, username, password, false, MqttQoSLevel.AtMostOnce, false, null, null, cleanSession, keepAlivePeriod);

    /// <exception cref="MqttConnectionException">Nobody listens, or the TLS handshake failed.</exception>
    /// <exception cref="MqttCommunicationException">The server closed the connection, or did not answer for 30 s.</exception>
    /// <exception cref="MqttClientException">The will has no topic or no message; the connection is open then.</exception>
    public MqttReasonCode Connect(
        string clientId,
        string username,
        string password,
        bool willRetain,
        MqttQoSLevel willQosLevel,
        bool willFlag,
        string willTopic,
        string willMessage,
        bool cleanSession,
        ushort keepAlivePeriod)
    {
        if (ProtocolVersion != MqttProtocolVersion.Version_3_1_1)
        {
            throw new NotSupportedException("The desktop's MqttClient speaks MQTT 3.1.1 only.");
        }

        var connect = new MqttMsgConnect
        {
            ClientId = clientId,
            Username = username,
            Password = password,
            WillFlag = willFlag,
            WillQosLevel = willQosLevel,
            WillRetain = willRetain,
            WillTopic = willTopic,
            WillMessage = willMessage,
            CleanSession = cleanSession,
            KeepAlivePeriod = keepAlivePeriod,
        };
        return _connection.Connect(connect, () => OnAccepted(connect));
    }

    /// <summary>Says goodbye. The connection is closed, and <see cref="ConnectionClosed"/> raised, on the events' thread.</summary>
    /// <exception cref="MqttCommunicationException">There is no connection.</exception>
    public void Disconnect() => _connection.Disconnect();

    /// <summary>
    /// Stops the threads, each of which it waits for a while, and closes the connection; raises nothing. A call while another one is at
    /// it returns at once, with the connection open.
    /// </summary>
    public void Close() => _connection.Close();

    /// <summary>
    /// Begins to close, as <see cref="Disconnect"/> does but without a word to the server, and closes. Whether
    /// <see cref="ConnectionClosed"/> is raised depends on which thread is first.
    /// </summary>
    public void Dispose()
    {
        _connection.BeginClosing();
        _connection.Close();
    }

    /// <summary>Queues a subscription. One that cannot be sent is found when its turn comes, and ends the connection.</summary>
    public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels) =>
        Enqueue(new MqttMsgSubscribe(topics, qosLevels) { MessageId = NextMessageId() });

    /// <summary>Queues the end of a subscription. One that cannot be sent is found when its turn comes, and ends the connection.</summary>
    public ushort Unsubscribe(string[] topics) => Enqueue(new MqttMsgUnsubscribe(topics) { MessageId = NextMessageId() });

    public ushort Publish(string topic, byte[] message) => Publish(topic, message, null, null, MqttQoSLevel.AtMostOnce, false);

    public ushort Publish(string topic, byte[] message, string contentType) =>
        Publish(topic, message, contentType, null, MqttQoSLevel.AtMostOnce, false);

    public ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties) =>
        Publish(topic, message, contentType, userProperties, MqttQoSLevel.AtMostOnce, false);

    /// <summary>Queues a message. One that cannot be sent is found when its turn comes, and ends the connection.</summary>
    /// <exception cref="NotSupportedException">Content type and user properties are MQTT 5's.</exception>
    /// <exception cref="MqttClientException">The queue is full.</exception>
    public ushort Publish(
        string topic, byte[] message, string contentType, ArrayList userProperties, MqttQoSLevel qosLevel, bool retain)
    {
        var publish = new MqttMsgPublish
        {
            Topic = topic,
            Message = message,
            QosLevel = qosLevel,
            Retain = retain,
            MessageId = NextMessageId(),
        };
        if (!string.IsNullOrEmpty(contentType) || userProperties is { Count: > 0 })
        {
            throw new NotSupportedException();
        }

        return _connection.Inflight.Add(publish, MqttMsgFlow.ToPublish)
            ? publish.MessageId
            : throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
    }

    private void Init(
        string brokerHostName,
        int brokerPort,
        bool secure,
        X509Certificate caCert,
        X509Certificate clientCert,
        MqttSslProtocols sslProtocol)
    {
        if (secure)
        {
            Settings.SslPort = brokerPort;
        }
        else
        {
            Settings.Port = brokerPort;
        }

        var channel = new MqttNetworkChannel(brokerHostName, brokerPort, secure, caCert, clientCert, sslProtocol);
        _connection = new MqttConnection(channel, Settings, OnConnack, Raise, OnClosed);
    }

    private void OnAccepted(MqttMsgConnect connect)
    {
        ClientId = connect.ClientId;
        CleanSession = connect.CleanSession;
        WillFlag = connect.WillFlag;
        WillQosLevel = connect.WillQosLevel;
        WillTopic = connect.WillTopic;
        WillMessage = connect.WillMessage;
    }

    private void Raise(ClientEvent happened)
    {
        MqttMsgBase message = happened.Message;
        switch (message)
        {
            case MqttMsgSuback suback:
                MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(suback.MessageId, suback.GrantedQoSLevels));
                break;
            case { Type: MqttMessageType.UnsubscribeAck }:
                MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(message.MessageId));
                break;
            case MqttMsgPublish publish when !happened.IsGivenUp:
                MqttMsgPublishReceived?.Invoke(
                    this, new MqttMsgPublishEventArgs(publish.Topic, publish.Message, publish.DupFlag, publish.QosLevel, publish.Retain));
                break;
            default:
                MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(message.MessageId, !happened.IsGivenUp));
                break;
        }
    }

    private void OnConnack(MqttMsgConnack connack) => ConnectionOpened?.Invoke(this, new ConnectionOpenedEventArgs(connack));

    private void OnClosed() => ConnectionClosed?.Invoke(this, EventArgs.Empty);

    /// <summary>A queue that is full swallows it without a word.</summary>
    private ushort Enqueue(MqttMsgBase message)
    {
        _connection.Inflight.Add(message, MqttMsgFlow.ToPublish);
        return message.MessageId;
    }

    private ushort NextMessageId()
    {
        _lastMessageId = _lastMessageId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastMessageId + 1);
        return _lastMessageId;
    }
}
