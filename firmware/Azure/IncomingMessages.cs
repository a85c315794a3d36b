using System.Collections;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Azure
{
    /// <summary>
    /// The messages that have come and are not looked at yet: so many, and so many bytes, that a burst of them leaves the board its
    /// memory. Those that people send to the device have a share of their own, so that they keep out neither methods nor answers.
    /// </summary>
    /// <remarks>It is filled on one thread and emptied on another.</remarks>
    public sealed class IncomingMessages
    {
        /// <summary>The most messages of a share.</summary>
        public const int MaximumCount = 8;

        /// <summary>The most bytes of a share; a single message may be longer, for it has used its memory already.</summary>
        public const int MaximumBytes = 8 * 1024;

        // devices/{id}/messages/devicebound/...: nothing else that comes begins so.
        private const string ToDevicePrefix = "devices/";
        private const int Shares = 2;

        private readonly Queue _messages = new Queue();
        private readonly int[] _counts = new int[Shares];
        private readonly int[] _bytes = new int[Shares];
        private int _dropped;

        /// <summary>How many messages found no room.</summary>
        public int Dropped
        {
            get
            {
                lock (_messages)
                {
                    return _dropped;
                }
            }
        }

        /// <summary>Adds a message, or counts it as dropped.</summary>
        public void Add(MqttMsgPublishEventArgs message)
        {
            int share = FindShare(message);
            lock (_messages)
            {
                bool fits = _counts[share] < MaximumCount && _bytes[share] + message.Message.Length <= MaximumBytes;
                if (!fits && _counts[share] > 0)
                {
                    _dropped++;
                    return;
                }

                _messages.Enqueue(message);
                _counts[share]++;
                _bytes[share] += message.Message.Length;
            }
        }

        /// <summary>Removes the message that came first.</summary>
        /// <returns>The message, or null when there is none.</returns>
        public MqttMsgPublishEventArgs Remove()
        {
            lock (_messages)
            {
                if (_messages.Count == 0)
                {
                    return null;
                }

                MqttMsgPublishEventArgs message = (MqttMsgPublishEventArgs)_messages.Dequeue();
                int share = FindShare(message);
                _counts[share]--;
                _bytes[share] -= message.Message.Length;
                return message;
            }
        }

        private static int FindShare(MqttMsgPublishEventArgs message)
        {
            return message.Topic.StartsWith(ToDevicePrefix) ? 0 : 1;
        }
    }
}
