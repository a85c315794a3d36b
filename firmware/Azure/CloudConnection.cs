using System;
using System.Collections;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using DevKit.Azure.Time;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Azure
{
    /// <summary>
    /// A connection to the provisioning service or to a hub: MQTT over TLS, the server always verified against Azure's roots
    /// and the CA certificates stored in the device, the device shown by its certificate or by a SAS token.
    /// </summary>
    /// <remarks>One thread uses it. What the MQTT client's own threads report is stored, and wakes the one that waits.</remarks>
    public sealed class CloudConnection : IDisposable
    {
        /// <summary>How long the service has for an answer, in milliseconds: PUBACK, SUBACK.</summary>
        public const int AnswerMilliseconds = 30000;

        /// <summary>How long a connection may take to stand, in milliseconds: TCP, TLS, CONNACK. The client has no limit for TLS.</summary>
        public const int ConnectMilliseconds = 90000;

        private const int Port = 8883;

        // A hub takes at most 1177 s, and drops the device after 1.5 times what it was told.
        private const ushort KeepAliveSeconds = 240;

        // What the client may hold of messages that it has not handed on: it has no bound of its own. What finds no room there is not
        // acknowledged, and comes again.
        private const int InflightCount = 16;
        private const int InflightPollMilliseconds = 50;

        // Closing, the client sleeps for 200 ms and waits for two of its threads, up to a second each.
        private const int CloseMilliseconds = 5000;

        private const int Accepted = 0;

        private readonly CloudService _service;
        private readonly string _host;
        private readonly MqttClient _client;
        private readonly IClock _clock;
        private readonly ClientSignals _signals;
        private bool _isOpen;

        private CloudConnection(CloudService service, string host, MqttClient client, IClock clock)
        {
            _service = service;
            _host = host;
            _client = client;
            _clock = clock;
            _client.Settings.InflightQueueSize = InflightCount;
            _signals = new ClientSignals(client);
        }

        /// <summary>Connects.</summary>
        /// <param name="service">The service.</param>
        /// <param name="host">Its host name.</param>
        /// <param name="clientId">MQTT client identifier: the registration ID or the device ID.</param>
        /// <param name="userName">MQTT user name as the service wants it.</param>
        /// <param name="credential">Certificate, or SAS token.</param>
        /// <param name="clock">The time.</param>
        /// <exception cref="CloudException">The service can't be reached or refuses the device.</exception>
        public static CloudConnection Open(
            CloudService service, string host, string clientId, string userName, CloudCredential credential, IClock clock)
        {
            CloudConnection connection = new CloudConnection(service, host, CreateClient(host, credential), clock);
            try
            {
                connection.Connect(clientId, userName, credential.MakePassword(clock.UtcNow));
                return connection;
            }
            catch (Exception)
            {
                connection.Dispose();
                throw;
            }
        }

        /// <summary>How many messages came that there was no room for.</summary>
        public int Dropped
        {
            get { return _signals.Messages.Dropped; }
        }

        /// <summary>Subscribes to topic filters with QoS 1 and waits until the service has granted them all.</summary>
        /// <exception cref="CloudException">One was refused, no answer came, or the connection was lost.</exception>
        public void Subscribe(string[] filters)
        {
            MqttQoSLevel[] levels = new MqttQoSLevel[filters.Length];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = MqttQoSLevel.AtLeastOnce;
            }

            Await(_client.Subscribe(filters, levels), CloudReason.SubscriptionRefused, CloudReason.SubscriptionTimedOut);
        }

        /// <summary>Publishes with QoS 1 and waits until the service has acknowledged it. What comes meanwhile is kept.</summary>
        /// <param name="topic">Topic.</param>
        /// <param name="body">Content as text, or an empty string.</param>
        /// <exception cref="CloudException">No answer came, or the connection was lost.</exception>
        public void Publish(string topic, string body)
        {
            Publish(topic, Encoding.UTF8.GetBytes(body));
        }

        /// <summary>Publishes with QoS 1 and waits until the service has acknowledged it. What comes meanwhile is kept.</summary>
        /// <param name="topic">Topic.</param>
        /// <param name="body">Content.</param>
        /// <exception cref="CloudException">No answer came, or the connection was lost.</exception>
        public void Publish(string topic, byte[] body)
        {
            Await(Enqueue(topic, body), CloudReason.MessageNotAcknowledged, CloudReason.MessageTimedOut);
        }

        /// <summary>Waits for the next message.</summary>
        /// <param name="milliseconds">How long at the most.</param>
        /// <returns>The message, or null when none came.</returns>
        /// <exception cref="CloudException">The connection was lost.</exception>
        public MqttMsgPublishEventArgs Receive(int milliseconds)
        {
            long end = _clock.Milliseconds + milliseconds;
            do
            {
                MqttMsgPublishEventArgs message = _signals.Messages.Remove();
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
            if (_clock.Wait(_signals.Closed, milliseconds))
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
                _signals.Closed.WaitOne(CloseMilliseconds, false);
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
            Exception failure = ConnectWithin(clientId, userName, password);

            // Connect also throws when the server closes right behind its CONNACK. The code has been heard before.
            if (failure != null && _signals.ReturnCode == ClientSignals.NoReturnCode)
            {
                throw CreateFailure(failure);
            }

            if (_signals.ReturnCode != Accepted)
            {
                CloudReason reason = IsRefusal(_signals.ReturnCode) ? CloudReason.ConnectRefused : CloudReason.ServerUnavailable;
                throw new CloudException(reason, _host) { Service = _service, Id = clientId, Code = _signals.ReturnCode };
            }

            if (failure != null)
            {
                throw CreateLost();
            }

            _isOpen = true;
        }

        // On a thread of its own: a server that takes the connection and never speaks TLS would be waited for without end. Whoever throws
        // the exception disposes the client, which closes the socket under that thread.
        private Exception ConnectWithin(string clientId, string userName, string password)
        {
            Exception failure = null;
            ManualResetEvent done = new ManualResetEvent(false);
            new Thread(() =>
            {
                try
                {
                    _client.Connect(clientId, userName, password, true, KeepAliveSeconds);
                }
                catch (Exception e)
                {
                    failure = e;
                }

                done.Set();
            }).Start();
            if (!_clock.Wait(done, ConnectMilliseconds))
            {
                throw new CloudException(CloudReason.ConnectTimedOut, _host);
            }

            return failure;
        }

        // A socket's codes are positive; those of mbed TLS, which nanoCLR hands on in the same place, negative.
        private CloudException CreateFailure(Exception failure)
        {
            SocketException cause = failure.InnerException as SocketException;
            int code = cause == null ? 0 : cause.ErrorCode;
            CloudReason reason = code == MbedTls.CertificateRefused ? CloudReason.ServerNotTrusted
                : code < MbedTls.LeastError ? CloudReason.TlsFailed
                : CloudReason.ConnectFailed;
            string date = reason == CloudReason.ServerNotTrusted ? _clock.UtcNow.ToString("s") : null;
            return new CloudException(reason, _host, failure) { Code = code, ServiceText = date };
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

        // The queue is full while messages come faster than they are handed on.
        private ushort Enqueue(string topic, byte[] body)
        {
            long end = _clock.Milliseconds + AnswerMilliseconds;
            while (true)
            {
                try
                {
                    return _client.Publish(topic, body, null, new ArrayList(), MqttQoSLevel.AtLeastOnce, false);
                }
                catch (MqttClientException)
                {
                    if (_clock.Milliseconds >= end)
                    {
                        throw new CloudException(CloudReason.MessageTimedOut, _host);
                    }
                }

                Pause(InflightPollMilliseconds);
            }
        }

        private void Await(ushort messageId, CloudReason refused, CloudReason timedOut)
        {
            long end = _clock.Milliseconds + AnswerMilliseconds;
            do
            {
                bool isGranted;
                if (_signals.TryGetAnswer(messageId, out isGranted))
                {
                    if (isGranted)
                    {
                        return;
                    }

                    throw new CloudException(refused, _host);
                }

                Pause(0);
            }
            while (WaitForChange(end));
            throw new CloudException(timedOut, _host);
        }

        private bool WaitForChange(long end)
        {
            long left = end - _clock.Milliseconds;
            return left > 0 && _clock.Wait(_signals.Changed, (int)left);
        }

        private CloudException CreateLost()
        {
            return new CloudException(CloudReason.ConnectionLost, _host) { Service = _service };
        }
    }
}
