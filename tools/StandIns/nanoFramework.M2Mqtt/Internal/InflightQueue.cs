using DevKit.Mqtt;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>What is to be sent, and what was sent and waits for an answer; it is sent again until there is one, three times at most.</summary>
internal sealed class InflightQueue
{
    private readonly object _gate = new();
    private readonly Queue<Entry> _toSend = new();
    private readonly List<Entry> _waiting = [];
    private bool _stopped;

    /// <summary>Adds an acknowledgement, which is sent once and never counted.</summary>
    internal void Add(MqttPacket packet) => TryAdd(packet, 0, null, int.MaxValue);

    /// <summary>Adds a packet, unless <paramref name="limit"/> packets are in the queue.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="packetId">Its identifier.</param>
    /// <param name="awaited">The answer that it is sent again for, or null for none.</param>
    /// <param name="limit">The settings' queue size.</param>
    internal bool TryAdd(MqttPacket packet, ushort packetId, MqttPacketType? awaited, int limit)
    {
        lock (_gate)
        {
            if (_toSend.Count + _waiting.Count >= limit)
            {
                return false;
            }

            _toSend.Enqueue(new Entry(packet, packetId, awaited));
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>An answer came: true when somebody waited for it.</summary>
    internal bool Settle(ushort packetId, MqttPacketType answer)
    {
        lock (_gate)
        {
            return _waiting.RemoveAll(entry => entry.PacketId == packetId && entry.Awaited == answer) > 0;
        }
    }

    /// <summary>PUBREC came: PUBREL goes out, also to a repeated or unknown one (MQTT 3.1.1, 4.3.3).</summary>
    internal void Release(ushort packetId)
    {
        lock (_gate)
        {
            _waiting.RemoveAll(entry => entry.PacketId == packetId && entry.Awaited is MqttPacketType.Pubrec or MqttPacketType.Pubcomp);
            _toSend.Enqueue(new Entry(new PubrelPacket { PacketId = packetId }, packetId, MqttPacketType.Pubcomp));
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Forgets everything and lets <see cref="SendDue"/> return, now and until <see cref="Rearm"/>.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _stopped = true;
            _toSend.Clear();
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Makes the queue ready for another connection; what was added in between is kept.</summary>
    internal void Rearm()
    {
        lock (_gate)
        {
            _stopped = false;
            _waiting.Clear();
        }
    }

    /// <summary>Waits until something is to be sent, and sends it.</summary>
    /// <param name="send">Sends a packet.</param>
    /// <param name="giveUp">Is told the identifier of a message that no answer came to.</param>
    /// <param name="settings">Pause and number of attempts.</param>
    internal void SendDue(Action<MqttPacket> send, Action<ushort> giveUp, MqttSettings settings)
    {
        Entry entry = TakeDue(settings);
        if (entry == null)
        {
            return;
        }

        if (entry.Attempts >= settings.AttemptsOnRetry)
        {
            // Nothing is said of an unanswered SUBSCRIBE or UNSUBSCRIBE.
            if (entry.Awaited is MqttPacketType.Puback or MqttPacketType.Pubrec or MqttPacketType.Pubcomp)
            {
                giveUp(entry.PacketId);
            }

            return;
        }

        entry.Attempts++;
        entry.SentAt = Environment.TickCount64;
        if (entry.Awaited != null)
        {
            lock (_gate)
            {
                _waiting.Add(entry);
            }
        }

        send(entry.Attempts > 1 && entry.Packet is PublishPacket publish ? Repetition(publish) : entry.Packet);
    }

    private Entry TakeDue(MqttSettings settings)
    {
        lock (_gate)
        {
            while (true)
            {
                if (_stopped)
                {
                    return null;
                }

                if (_toSend.TryDequeue(out Entry entry))
                {
                    return entry;
                }

                long now = Environment.TickCount64;
                Entry oldest = _waiting.MinBy(waiting => waiting.SentAt);
                if (oldest != null && now - oldest.SentAt >= settings.DelayOnRetry)
                {
                    _waiting.Remove(oldest);
                    return oldest;
                }

                Monitor.Wait(_gate, oldest == null ? Timeout.Infinite : (int)(oldest.SentAt + settings.DelayOnRetry - now));
            }
        }
    }

    private static PublishPacket Repetition(PublishPacket packet) => new()
    {
        Topic = packet.Topic,
        Payload = packet.Payload,
        QualityOfService = packet.QualityOfService,
        Retain = packet.Retain,
        PacketId = packet.PacketId,
        Duplicate = true,
    };

    private sealed class Entry(MqttPacket packet, ushort packetId, MqttPacketType? awaited)
    {
        internal MqttPacket Packet { get; } = packet;

        internal ushort PacketId { get; } = packetId;

        internal MqttPacketType? Awaited { get; } = awaited;

        internal int Attempts { get; set; }

        internal long SentAt { get; set; }
    }
}
