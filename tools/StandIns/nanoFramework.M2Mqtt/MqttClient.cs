using System.Collections;
using System.Net.Sockets;
using System.Text;
using DevKit.Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Internal;
using nanoFramework.M2Mqtt.Messages;
using NanoStandIns;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// The device's MQTT client, for MQTT 3.1.1, over the board's network and .NET's TLS. It keeps the device's habits: the
/// constructor resolves the name and throws when there is none; sending is left to a thread; events are raised on another;
/// an exception in a handler closes the connection and is seen by nobody; <see cref="Dispose"/> raises
/// <see cref="ConnectionClosed"/>, <see cref="Close"/> does not. Messages of a kept session are not sent again.
/// </summary>
public class MqttClient : IMqttClient, IClientLinkOwner, IDisposable
{
    private const ushort DefaultKeepAlive = 60;

    private readonly InflightQueue _inflight = new();
    private DeviceTransport _transport;
    private ClientLink _link;
    private ushort _lastPacketId;

    public MqttClient(string brokerHostName)
        : this(brokerHostName, MqttSettings.BrokerDefaultPort, false, null, null, MqttSslProtocols.None)
    {
    }

    /// <exception cref="SocketException">The name cannot be resolved.</exception>
    public MqttClient(
        string brokerHostName, int brokerPort, bool secure, X509Certificate caCert, X509Certificate clientCert, MqttSslProtocols sslProtocol) =>
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

    public bool IsConnected { get; private set; }

    public string ClientId { get; private set; }

    public bool CleanSession { get; private set; }

    public bool WillFlag { get; private set; }

    public MqttQoSLevel WillQosLevel { get; private set; }

    public string WillTopic { get; private set; }

    public string WillMessage { get; private set; }

    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.Version_3_1_1;

    public MqttSettings Settings => MqttSettings.Instance;

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
    /// <exception cref="MqttCommunicationException">The server closed the connection, or did not answer.</exception>
    /// <exception cref="MqttClientException">The will has no topic or no message.</exception>
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

        var connect = new ConnectPacket
        {
            ClientId = clientId,
            UserName = string.IsNullOrEmpty(username) ? null : username,
            Password = string.IsNullOrEmpty(password) ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(password),
            CleanSession = cleanSession,
            KeepAliveSeconds = keepAlivePeriod,
            Will = willFlag ? Will(willTopic, willMessage, willQosLevel, willRetain) : null,
        };

        _link?.Close();
        _inflight.Rearm();
        var link = new ClientLink(_transport.Open(), this, _inflight, Settings);
        _link = link;
        ConnackPacket answer = link.Open(connect);
        if (answer.ReturnCode == MqttConnectReturnCode.Accepted)
        {
            ClientId = clientId;
            CleanSession = cleanSession;
            WillFlag = willFlag;
            WillQosLevel = willQosLevel;
            WillTopic = willTopic;
            WillMessage = willMessage;
            IsConnected = true;
            link.Run(keepAlivePeriod * 1000);
        }

        return (MqttReasonCode)answer.ReturnCode;
    }

    /// <summary>Says goodbye; the connection is closed, and <see cref="ConnectionClosed"/> raised, on the events' thread.</summary>
    /// <exception cref="MqttCommunicationException">There is no connection.</exception>
    public void Disconnect()
    {
        ClientLink link = _link ?? throw new MqttCommunicationException();
        link.Send(new DisconnectPacket());
        IsConnected = false;
        link.BeginClosing();
    }

    public void Close()
    {
        _link?.Close();
        _inflight.Clear();
        IsConnected = false;
    }

    public void Dispose()
    {
        IsConnected = false;
        ClientLink link = _link;
        link?.BeginClosing();
        link?.JoinEvents();
        Close();
        link?.JoinEvents();
    }

    /// <exception cref="MqttClientException">A list is empty, or they have different lengths.</exception>
    public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
    {
        if (topics == null || topics.Length == 0)
        {
            throw new MqttClientException(MqttClientErrorCode.TopicsEmpty);
        }

        if (qosLevels == null || qosLevels.Length == 0)
        {
            throw new MqttClientException(MqttClientErrorCode.QosLevelsEmpty);
        }

        if (topics.Length != qosLevels.Length)
        {
            throw new MqttClientException(MqttClientErrorCode.TopicsQosLevelsNotMatch);
        }

        var subscriptions = new MqttSubscription[topics.Length];
        for (int i = 0; i < topics.Length; i++)
        {
            subscriptions[i] = new MqttSubscription(topics[i], (MqttQualityOfService)qosLevels[i]);
        }

        ushort packetId = NextPacketId();
        Enqueue(new SubscribePacket { PacketId = packetId, Subscriptions = subscriptions }, packetId, MqttPacketType.Suback);
        return packetId;
    }

    /// <exception cref="MqttClientException">The list is empty.</exception>
    public ushort Unsubscribe(string[] topics)
    {
        if (topics == null || topics.Length == 0)
        {
            throw new MqttClientException(MqttClientErrorCode.TopicsEmpty);
        }

        ushort packetId = NextPacketId();
        Enqueue(new UnsubscribePacket { PacketId = packetId, Filters = topics }, packetId, MqttPacketType.Unsuback);
        return packetId;
    }

    public ushort Publish(string topic, byte[] message) => Publish(topic, message, null, null, MqttQoSLevel.AtMostOnce, false);

    public ushort Publish(string topic, byte[] message, string contentType) =>
        Publish(topic, message, contentType, null, MqttQoSLevel.AtMostOnce, false);

    public ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties) =>
        Publish(topic, message, contentType, userProperties, MqttQoSLevel.AtMostOnce, false);

    /// <summary>Queues a message. A topic that MQTT forbids is not refused here: it ends the connection when its turn comes.</summary>
    /// <exception cref="NotSupportedException">Content type and user properties are MQTT 5's.</exception>
    /// <exception cref="MqttClientException">The queue is full.</exception>
    public ushort Publish(
        string topic, byte[] message, string contentType, ArrayList userProperties, MqttQoSLevel qosLevel, bool retain)
    {
        if (!string.IsNullOrEmpty(contentType) || userProperties is { Count: > 0 })
        {
            throw new NotSupportedException();
        }

        ushort packetId = NextPacketId();
        var packet = new PublishPacket
        {
            Topic = topic,
            Payload = message,
            QualityOfService = (MqttQualityOfService)qosLevel,
            Retain = retain,
            PacketId = qosLevel == MqttQoSLevel.AtMostOnce ? (ushort)0 : packetId,
        };
        MqttPacketType? awaited = qosLevel switch
        {
            MqttQoSLevel.AtMostOnce => null,
            MqttQoSLevel.AtLeastOnce => MqttPacketType.Puback,
            _ => MqttPacketType.Pubrec,
        };
        Enqueue(packet, packetId, awaited);
        return packetId;
    }

    void IClientLinkOwner.OnOpened(ConnackPacket packet) =>
        ConnectionOpened?.Invoke(
            this,
            new ConnectionOpenedEventArgs(
                new MqttMsgConnack { SessionPresent = packet.SessionPresent, ReturnCode = (MqttReasonCode)packet.ReturnCode }));

    void IClientLinkOwner.OnReceived(PublishPacket packet) =>
        MqttMsgPublishReceived?.Invoke(
            this,
            new MqttMsgPublishEventArgs(
                packet.Topic, packet.Payload.ToArray(), packet.Duplicate, (MqttQoSLevel)packet.QualityOfService, packet.Retain));

    void IClientLinkOwner.OnPublished(ushort packetId, bool acknowledged) =>
        MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(packetId, acknowledged));

    void IClientLinkOwner.OnSubscribed(SubackPacket packet) =>
        MqttMsgSubscribed?.Invoke(
            this, new MqttMsgSubscribedEventArgs(packet.PacketId, packet.ReturnCodes.Select(code => (MqttQoSLevel)code).ToArray()));

    void IClientLinkOwner.OnUnsubscribed(ushort packetId) =>
        MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(packetId));

    void IClientLinkOwner.OnClosed()
    {
        IsConnected = false;
        ConnectionClosed?.Invoke(this, EventArgs.Empty);
    }

    private static MqttWill Will(string topic, string message, MqttQoSLevel qosLevel, bool retain)
    {
        if (string.IsNullOrEmpty(topic) || message == null || qosLevel > MqttQoSLevel.ExactlyOnce)
        {
            throw new MqttClientException(MqttClientErrorCode.WillWrong);
        }

        return new MqttWill
        {
            Topic = topic,
            Message = Encoding.UTF8.GetBytes(message),
            QualityOfService = (MqttQualityOfService)qosLevel,
            Retain = retain,
        };
    }

    private void Init(
        string brokerHostName, int brokerPort, bool secure, X509Certificate caCert, X509Certificate clientCert, MqttSslProtocols sslProtocol)
    {
        if (secure)
        {
            Settings.SslPort = brokerPort;
        }
        else
        {
            Settings.Port = brokerPort;
        }

        _transport = new DeviceTransport(brokerHostName, brokerPort, secure, caCert, clientCert, sslProtocol);
    }

    private void Enqueue(MqttPacket packet, ushort packetId, MqttPacketType? awaited)
    {
        if (!_inflight.TryAdd(packet, packetId, awaited, Settings.InflightQueueSize))
        {
            throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
        }
    }

    private ushort NextPacketId()
    {
        _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
        return _lastPacketId;
    }
}
