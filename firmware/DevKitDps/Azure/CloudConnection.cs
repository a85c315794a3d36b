using System;
using System.Collections;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Dps.Azure
{
    /// <summary>
    /// A connection to the provisioning service or to a hub: MQTT over TLS, the server always verified against Azure's roots
    /// and the CA certificates stored in the device, the device shown by its certificate or by a SAS token.
    /// </summary>
    /// <remarks>One thread uses it. What the MQTT client's own threads report is stored, and wakes the one that waits.</remarks>
    public sealed class CloudConnection : IDisposable
    {
        private const int Port = 8883;

        // A hub takes at most 1177 s, and drops the device after 1.5 times what it was told.
        private const ushort KeepAliveSeconds = 240;

        private const int AnswerMilliseconds = 30000;

        // Closing, the client sleeps for 200 ms and waits for two of its threads, up to a second each.
        private const int CloseMilliseconds = 5000;

        private const int NoReturnCode = -1;
        private const int Accepted = 0;

        private readonly CloudService _service;
        private readonly string _host;
        private readonly MqttClient _client;
        private readonly object _lock = new object();
        private readonly Queue _messages = new Queue();
        private readonly AutoResetEvent _changed = new AutoResetEvent(false);
        private readonly ManualResetEvent _closed = new ManualResetEvent(false);
        private int _returnCode = NoReturnCode;
        private bool _isOpen;
        private ushort _answeredId;
        private bool _isGranted;

        private CloudConnection(CloudService service, string host, MqttClient client)
        {
            _service = service;
            _host = host;
            _client = client;
            _client.ConnectionOpened += OnConnack;
            _client.ConnectionClosed += OnClosed;
            _client.MqttMsgPublishReceived += OnMessage;
            _client.MqttMsgSubscribed += OnSubscribed;
            _client.MqttMsgPublished += OnPublished;
        }

        /// <summary>Connects.</summary>
        /// <param name="service">The service.</param>
        /// <param name="host">Its host name.</param>
        /// <param name="clientId">MQTT client identifier: the registration ID or the device ID.</param>
        /// <param name="userName">MQTT user name as the service wants it.</param>
        /// <param name="credential">Certificate, or SAS token.</param>
        /// <exception cref="CloudException">The service can't be reached or refuses the device.</exception>
        public static CloudConnection Open(
            CloudService service, string host, string clientId, string userName, CloudCredential credential)
        {
            CloudConnection connection = new CloudConnection(service, host, CreateClient(host, credential));
            try
            {
                connection.Connect(clientId, userName, credential.MakePassword());
                return connection;
            }
            catch (Exception)
            {
                connection.Dispose();
                throw;
            }
        }

        /// <summary>Subscribes to a topic filter with QoS 1 and waits until the service has granted it.</summary>
        /// <exception cref="CloudException">It was refused, no answer came, or the connection was lost.</exception>
        public void Subscribe(string filter)
        {
            ushort id = _client.Subscribe(new string[] { filter }, new MqttQoSLevel[] { MqttQoSLevel.AtLeastOnce });
            Await(id, CloudReason.SubscriptionRefused, CloudReason.SubscriptionTimedOut);
        }

        /// <summary>Publishes with QoS 1 and waits until the service has acknowledged it.</summary>
        /// <param name="topic">Topic.</param>
        /// <param name="body">Content as text, or an empty string.</param>
        /// <exception cref="CloudException">No answer came, or the connection was lost.</exception>
        public void Publish(string topic, string body)
        {
            ushort id = _client.Publish(topic, Encoding.UTF8.GetBytes(body), null, new ArrayList(), MqttQoSLevel.AtLeastOnce, false);
            Await(id, CloudReason.MessageNotAcknowledged, CloudReason.MessageTimedOut);
        }

        /// <summary>Waits for the next message.</summary>
        /// <param name="milliseconds">How long at the most.</param>
        /// <returns>The message, or null when none came.</returns>
        /// <exception cref="CloudException">The connection was lost.</exception>
        public MqttMsgPublishEventArgs Receive(int milliseconds)
        {
            long end = Environment.TickCount64 + milliseconds;
            do
            {
                MqttMsgPublishEventArgs message = Dequeue();
                if (message != null)
                {
                    return message;
                }

                Pause(0);
            }
            while (WaitForChange(end));
            return null;
        }

        /// <summary>Lets time pass; messages that come meanwhile are kept.</summary>
        /// <param name="milliseconds">How long.</param>
        /// <exception cref="CloudException">The connection was lost.</exception>
        public void Pause(int milliseconds)
        {
            if (_closed.WaitOne(milliseconds, false))
            {
                throw CreateLost();
            }
        }

        /// <summary>
        /// Ends the connection, and returns when its socket is closed. A client is disposed before the next one is made: the chip has no
        /// memory for two.
        /// </summary>
        public void Dispose()
        {
            if (_isOpen)
            {
                Disconnect();

                // The client closes on a thread of its own. To dispose it meanwhile would return at once, with the socket still open.
                _closed.WaitOne(CloseMilliseconds, false);
            }

            _client.Dispose();
        }

        private static MqttClient CreateClient(string host, CloudCredential credential)
        {
            X509Certificate roots = new X509Certificate(TrustAnchors.Pem);
            try
            {
                return new MqttClient(host, Port, true, roots, credential.Certificate, MqttSslProtocols.TLSv1_2);
            }
            catch (Exception e)
            {
                throw new CloudException(CloudReason.HostNotFound, host, e);
            }
        }

        private void Connect(string clientId, string userName, string password)
        {
            try
            {
                _client.Connect(clientId, userName, password, true, KeepAliveSeconds);
                _isOpen = _returnCode == Accepted;
            }
            catch (Exception e)
            {
                // Connect also throws when the server closes right behind its CONNACK. The code has been heard before.
                if (_returnCode == NoReturnCode)
                {
                    throw new CloudException(CloudReason.ConnectFailed, _host, e);
                }
            }

            if (_returnCode != Accepted)
            {
                CloudReason reason = IsRefusal(_returnCode) ? CloudReason.ConnectRefused : CloudReason.ServerUnavailable;
                throw new CloudException(reason, _host) { Id = clientId, Code = _returnCode };
            }

            if (!_isOpen)
            {
                throw CreateLost();
            }
        }

        // MQTT 3.1.1, 3.2.2.3: 2 identifier rejected, 4 bad user name or password, 5 not authorised; MQTT 5: 0x80 and above.
        private static bool IsRefusal(int returnCode)
        {
            return returnCode == 2 || returnCode == 4 || returnCode == 5 || returnCode >= 0x80;
        }

        private void Disconnect()
        {
            try
            {
                if (_client.IsConnected)
                {
                    _client.Disconnect();
                }
            }
            catch (Exception)
            {
                // The connection broke before the client knew.
            }
        }

        private void Await(ushort messageId, CloudReason refused, CloudReason timedOut)
        {
            long end = Environment.TickCount64 + AnswerMilliseconds;
            do
            {
                lock (_lock)
                {
                    if (_answeredId == messageId)
                    {
                        if (_isGranted)
                        {
                            return;
                        }

                        throw new CloudException(refused, _host);
                    }
                }

                Pause(0);
            }
            while (WaitForChange(end));
            throw new CloudException(timedOut, _host);
        }

        private bool WaitForChange(long end)
        {
            long left = end - Environment.TickCount64;
            return left > 0 && _changed.WaitOne((int)left, false);
        }

        private CloudException CreateLost()
        {
            return new CloudException(CloudReason.ConnectionLost, _host) { Service = _service };
        }

        private MqttMsgPublishEventArgs Dequeue()
        {
            lock (_lock)
            {
                return _messages.Count == 0 ? null : (MqttMsgPublishEventArgs)_messages.Dequeue();
            }
        }

        // Handlers run on the client's threads, where an exception would close the connection and be seen by nobody: they only store.
        private void OnConnack(object sender, ConnectionOpenedEventArgs e)
        {
            _returnCode = (int)e.Message.ReturnCode;
        }

        private void OnClosed(object sender, EventArgs e)
        {
            _closed.Set();
            _changed.Set();
        }

        private void OnMessage(object sender, MqttMsgPublishEventArgs e)
        {
            lock (_lock)
            {
                _messages.Enqueue(e);
            }

            _changed.Set();
        }

        private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
        {
            MqttQoSLevel[] granted = e.GrantedQoSLevels;
            StoreAnswer(e.MessageId, granted.Length > 0 && granted[0] <= MqttQoSLevel.ExactlyOnce);
        }

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
        {
            StoreAnswer(e.MessageId, e.IsPublished);
        }

        private void StoreAnswer(ushort messageId, bool isGranted)
        {
            lock (_lock)
            {
                _answeredId = messageId;
                _isGranted = isGranted;
            }

            _changed.Set();
        }
    }
}
