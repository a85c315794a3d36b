using System.Collections;

namespace DevKit.Dps.Session
{
    /// <summary>
    /// Telemetry that waits to be sent, in order. It has bounds: where a new message finds no room, the oldest make it, and are counted.
    /// </summary>
    public sealed class PendingTelemetry
    {
        /// <summary>The most messages in it: at the default interval some five minutes.</summary>
        public const int MaximumCount = 32;

        /// <summary>The most bytes in it, contents and properties.</summary>
        public const int MaximumBytes = 4 * 1024;

        private readonly Queue _messages = new Queue();
        private int _bytes;

        /// <summary>How many messages are in it.</summary>
        public int Count
        {
            get { return _messages.Count; }
        }

        /// <summary>How many messages were dropped since the start.</summary>
        public int Dropped { get; private set; }

        /// <summary>Adds a message.</summary>
        public void Add(TelemetryMessage message)
        {
            int length = LengthOf(message);
            while (_messages.Count > 0 && (_messages.Count == MaximumCount || _bytes + length > MaximumBytes))
            {
                Remove();
                Dropped++;
            }

            _messages.Enqueue(message);
            _bytes += length;
        }

        /// <summary>The message that is next, which stays until it is removed; null when there is none.</summary>
        public TelemetryMessage Peek()
        {
            return _messages.Count == 0 ? null : (TelemetryMessage)_messages.Peek();
        }

        /// <summary>Removes the message that is next.</summary>
        public void Remove()
        {
            _bytes -= LengthOf((TelemetryMessage)_messages.Dequeue());
        }

        private static int LengthOf(TelemetryMessage message)
        {
            return message.Body.Length + message.Properties.Length;
        }
    }
}
