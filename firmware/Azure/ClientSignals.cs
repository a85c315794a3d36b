using System;
using System.Threading;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Azure
{
    /// <summary>
    /// What an MQTT client's own threads report: it is stored here, and wakes the one thread that waits for it. An exception on those
    /// threads would close the connection and be seen by nobody, so nothing else is done on them.
    /// </summary>
    internal sealed class ClientSignals
    {
        /// <summary>In place of a return code that has not come.</summary>
        internal const int NoReturnCode = -1;

        private readonly object _lock = new object();
        private ushort _answeredId;
        private bool _isGranted;

        /// <summary>For a client.</summary>
        internal ClientSignals(MqttClient client)
        {
            client.ConnectionOpened += OnConnack;
            client.ConnectionClosed += OnClosed;
            client.MqttMsgPublishReceived += OnMessage;
            client.MqttMsgSubscribed += OnSubscribed;
            client.MqttMsgPublished += OnPublished;
        }

        /// <summary>CONNACK's return code.</summary>
        internal int ReturnCode { get; private set; } = NoReturnCode;

        /// <summary>The messages that came.</summary>
        internal IncomingMessages Messages { get; } = new IncomingMessages();

        /// <summary>Set when anything has come; whoever waits for it resets it.</summary>
        internal AutoResetEvent Changed { get; } = new AutoResetEvent(false);

        /// <summary>Set when the connection is closed, and from then on.</summary>
        internal ManualResetEvent Closed { get; } = new ManualResetEvent(false);

        /// <summary>Whether a message or a subscription has been answered.</summary>
        /// <param name="messageId">Which; only the last answer is known.</param>
        /// <param name="isGranted">What the answer is.</param>
        internal bool TryGetAnswer(ushort messageId, out bool isGranted)
        {
            lock (_lock)
            {
                isGranted = _isGranted;
                return _answeredId == messageId;
            }
        }

        private void OnConnack(object sender, ConnectionOpenedEventArgs e)
        {
            ReturnCode = (int)e.Message.ReturnCode;
        }

        private void OnClosed(object sender, EventArgs e)
        {
            Closed.Set();
            Changed.Set();
        }

        private void OnMessage(object sender, MqttMsgPublishEventArgs e)
        {
            Messages.Add(e);
            Changed.Set();
        }

        private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
        {
            MqttQoSLevel[] granted = e.GrantedQoSLevels;
            bool isGranted = granted.Length > 0;
            for (int i = 0; i < granted.Length; i++)
            {
                isGranted &= granted[i] <= MqttQoSLevel.ExactlyOnce;
            }

            StoreAnswer(e.MessageId, isGranted);
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

            Changed.Set();
        }
    }
}
