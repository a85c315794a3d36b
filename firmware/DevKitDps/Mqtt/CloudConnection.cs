using System;
using System.Collections;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Dps
{
    /// <summary>
    /// A connection to the provisioning service or to a hub: MQTT over TLS, the server always verified against Azure's roots
    /// and the CA certificates stored in the device, the device shown by its certificate or by a SAS token.
    /// </summary>
    public sealed class CloudConnection : IDisposable
    {
        private const int Port = 8883;
        private const int AnswerMilliseconds = 30000;

        private readonly string _host;
        private readonly MqttClient _client;
        private readonly object _lock = new object();
        private readonly Queue _messages = new Queue();
        private readonly AutoResetEvent _messageArrived = new AutoResetEvent(false);
        private readonly AutoResetEvent _acknowledged = new AutoResetEvent(false);
        private ushort _acknowledgedId;

        private CloudConnection(string host, MqttClient client)
        {
            _host = host;
            _client = client;
            _client.MqttMsgPublishReceived += OnMessage;
            _client.MqttMsgSubscribed += OnSubscribed;
            _client.MqttMsgPublished += OnPublished;
        }

        /// <summary>Whether the connection stands.</summary>
        public bool IsConnected
        {
            get { return _client.IsConnected; }
        }

        /// <summary>Connects.</summary>
        /// <param name="host">Host name of the service.</param>
        /// <param name="clientId">MQTT client identifier: the registration ID or the device ID.</param>
        /// <param name="userName">MQTT user name as the service wants it.</param>
        /// <param name="credential">Certificate, or SAS token.</param>
        /// <exception cref="CloudException">The service can't be reached or refuses the device.</exception>
        public static CloudConnection Open(string host, string clientId, string userName, CloudCredential credential)
        {
            CloudConnection connection = new CloudConnection(host, Resolve(host, credential));
            try
            {
                connection.Connect(clientId, userName, credential.MakePassword());
                return connection;
            }
            catch (CloudException)
            {
                connection.Dispose();
                throw;
            }
        }

        /// <summary>Subscribes to a topic filter with QoS 1 and waits until the service has taken it.</summary>
        /// <exception cref="CloudException">No answer came.</exception>
        public void Subscribe(string filter)
        {
            Await(_client.Subscribe(new string[] { filter }, new MqttQoSLevel[] { MqttQoSLevel.AtLeastOnce }), "the subscription");
        }

        /// <summary>Publishes with QoS 1 and waits until the service has taken it.</summary>
        /// <param name="topic">Topic.</param>
        /// <param name="body">Content as text, or an empty string.</param>
        /// <exception cref="CloudException">No answer came.</exception>
        public void Publish(string topic, string body)
        {
            Await(_client.Publish(topic, Encoding.UTF8.GetBytes(body), null, new ArrayList(), MqttQoSLevel.AtLeastOnce, false), "the message");
        }

        /// <summary>Waits for the next message.</summary>
        /// <param name="milliseconds">How long at the most.</param>
        /// <returns>The message, or null when none came.</returns>
        public MqttMsgPublishEventArgs Receive(int milliseconds)
        {
            long end = Environment.TickCount64 + milliseconds;
            MqttMsgPublishEventArgs message = TakeMessage();
            for (long left = milliseconds; message == null && left > 0; left = end - Environment.TickCount64)
            {
                _messageArrived.WaitOne((int)left, false);
                message = TakeMessage();
            }

            return message;
        }

        /// <summary>Ends the connection. A client is disposed before the next one is made: the chip has no memory for two.</summary>
        public void Dispose()
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
                // The connection may be gone already.
            }

            _client.Dispose();
        }

        private static MqttClient Resolve(string host, CloudCredential credential)
        {
            try
            {
                return new MqttClient(host, Port, true, new X509Certificate(TrustAnchors.Pem), credential.Certificate, MqttSslProtocols.TLSv1_2);
            }
            catch (Exception e)
            {
                throw new CloudException(
                    "Host not found", "Check endpoint and DNS; trying again", "The name " + host + " can't be resolved: " + Describe(e), "Check the endpoint (set_dps_endpoint) and the network's DNS.", false);
            }
        }

        private void Connect(string clientId, string userName, string password)
        {
            MqttReasonCode code;
            try
            {
                code = _client.Connect(clientId, userName, password, true, ApplicationDefaults.KeepAliveSeconds);
            }
            catch (Exception e)
            {
                throw new CloudException(
                    "Can't connect",
                    "Check port 8883 and the CA; trying again",
                    "No connection to " + _host + ": " + Describe(e),
                    "Check that port 8883 is open, and that the server's CA is one of Azure's or stored in the device.",
                    false);
            }

            // MQTT 3.1.1, 3.2.2.3: 4 bad user name or password, 5 not authorised.
            if (code != MqttReasonCode.Success)
            {
                int number = (int)code;
                bool isRefused = number == 2 || number == 4 || number == 5 || number >= 0x80;
                throw new CloudException(
                    "Cloud refuses",
                    isRefused ? "Check ID scope and enrollment" : "Trying again",
                    _host + " refuses the device " + clientId + " (MQTT return code " + number.ToString() + ").",
                    "Check the enrollment, the ID scope and the keys; show_identity in configuration mode prints the certificate.",
                    isRefused);
            }
        }

        private void Await(ushort messageId, string what)
        {
            while (true)
            {
                lock (_lock)
                {
                    if (_acknowledgedId == messageId)
                    {
                        return;
                    }
                }

                if (!_client.IsConnected || !_acknowledged.WaitOne(AnswerMilliseconds, false))
                {
                    throw new CloudException("No answer", "Trying again", _host + " does not acknowledge " + what + ".", "The connection is made anew.", false);
                }
            }
        }

        private MqttMsgPublishEventArgs TakeMessage()
        {
            lock (_lock)
            {
                return _messages.Count == 0 ? null : (MqttMsgPublishEventArgs)_messages.Dequeue();
            }
        }

        // Handlers run on the client's thread, where an exception would close the connection and be seen by nobody: they only store.
        private void OnMessage(object sender, MqttMsgPublishEventArgs e)
        {
            lock (_lock)
            {
                _messages.Enqueue(e);
            }

            _messageArrived.Set();
        }

        private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
        {
            Acknowledge(e.MessageId);
        }

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
        {
            if (e.IsPublished)
            {
                Acknowledge(e.MessageId);
            }
        }

        private void Acknowledge(ushort messageId)
        {
            lock (_lock)
            {
                _acknowledgedId = messageId;
            }

            _acknowledged.Set();
        }

        private static string Describe(Exception e)
        {
            Exception cause = e.InnerException ?? e;
            return cause.GetType().Name + ". " + cause.Message;
        }
    }
}
