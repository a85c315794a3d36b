using System.IO.Pipelines;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>The device at the other end of a connection: what it subscribed to, and what it still has to acknowledge.</summary>
internal sealed class MqttPeer : IDisposable
{
    /// <summary>
    /// How many messages of QoS 1 may wait for their PUBACK at a time: the fifty that a hub holds for a device, and as many answers.
    /// </summary>
    internal const int MaximumUnacknowledged = 100;

    /// <summary>The longest message of a hub's device is 256 KiB; topic and header come on top.</summary>
    private const int MaximumPacketSize = 256 * 1024 + 4096;

    private readonly MqttChannel _channel;
    private readonly CancellationTokenSource _life;
    private readonly SemaphoreSlim _room = new(MaximumUnacknowledged);
    private readonly Lock _gate = new();

    // Thousands of peers are idle at a time: an empty list costs next to nothing, and four filters are all that a device has.
    private readonly List<MqttSubscription> _subscriptions = [];
    private Dictionary<ushort, Action?>? _unacknowledged;
    private ushort _lastPacketId;
    private long _silenceEnds = long.MaxValue;
    private long _expires = long.MaxValue;
    private string? _abortReason;

    /// <summary>A device, connected.</summary>
    /// <param name="transport">The connection, which stays the caller's.</param>
    /// <param name="stopping">Ends the connection with the emulator.</param>
    internal MqttPeer(IDuplexPipe transport, CancellationToken stopping)
    {
        _channel = new MqttChannel(transport, MaximumPacketSize);
        _life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Ended = _life.Token;
    }

    /// <summary>Ends when the connection does, and with it whatever waits for the device.</summary>
    internal CancellationToken Ended { get; }

    /// <summary>Why the connection was closed from this side; null when it was not, or the emulator ends.</summary>
    internal string? AbortReason => _abortReason;

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _life.Dispose();
        _channel.Dispose();
        _room.Dispose();
    }

    /// <summary>What the device has subscribed to, with the QoS that was granted.</summary>
    internal IReadOnlyList<MqttSubscription> Subscriptions
    {
        get
        {
            lock (_gate)
            {
                return [.. _subscriptions];
            }
        }
    }

    internal bool HasSubscribed(string filter) => FindGranted(filter) is not null;

    internal void Subscribe(string filter, MqttQualityOfService granted)
    {
        lock (_gate)
        {
            Unsubscribe(filter);
            _subscriptions.Add(new MqttSubscription(filter, granted));
        }
    }

    internal void Unsubscribe(string filter)
    {
        lock (_gate)
        {
            _subscriptions.RemoveAll(subscription => subscription.Filter == filter);
        }
    }

    /// <summary>Closes the connection without a word.</summary>
    /// <param name="reason">Why, for the log.</param>
    internal void Abort(string reason)
    {
        Interlocked.CompareExchange(ref _abortReason, reason, null);
        Close();
    }

    /// <summary>Until when the next whole packet has to be here, by the watch's time.</summary>
    internal void ExpectPacketUntil(TimeSpan time) => Volatile.Write(ref _silenceEnds, time.Ticks);

    /// <summary>When the connection ends whatever happens, by the watch's time.</summary>
    internal void ExpireAt(TimeSpan time) => Volatile.Write(ref _expires, time.Ticks);

    /// <summary>Closes the connection if its time is up.</summary>
    internal void AbortIfDue(TimeSpan now)
    {
        if (now.Ticks >= Volatile.Read(ref _silenceEnds))
        {
            Abort("nothing came for too long");
        }
        else if (now.Ticks >= Volatile.Read(ref _expires))
        {
            Abort("its SAS token has ended");
        }
    }

    /// <summary>Closes the connection without a word, unless the device closes it soon enough.</summary>
    internal void AbortAfter(TimeSpan grace, string reason)
    {
        Interlocked.CompareExchange(ref _abortReason, reason, null);
        try
        {
            _life.CancelAfter(grace);
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <summary>Ends whatever waits for the device.</summary>
    internal void Close()
    {
        try
        {
            _life.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <summary>Waits for the next packet of the device; null when it closed the connection behind a whole packet.</summary>
    internal ValueTask<MqttPacket?> ReadAsync() => _channel.ReadAsync(Ended);

    internal async ValueTask SendAsync(MqttPacket packet) => await _channel.WriteAsync(packet, Ended);

    /// <summary>
    /// Sends a message for a filter that was subscribed to, with the QoS that was granted. A device that owes so many PUBACKs that
    /// there is no room for another message is closed: it has to acknowledge what it gets (MQTT-4.3.2-2).
    /// </summary>
    /// <returns>False when the filter is not subscribed to.</returns>
    /// <exception cref="OperationCanceledException">The connection ended.</exception>
    internal async ValueTask<bool> PublishAsync(string filter, string topic, ReadOnlyMemory<byte> payload)
    {
        if (FindGranted(filter) is not { } qualityOfService)
        {
            return false;
        }

        if (qualityOfService == MqttQualityOfService.AtLeastOnce && !_room.Wait(0, CancellationToken.None))
        {
            Abort($"it left {MaximumUnacknowledged} messages without PUBACK");
            throw new OperationCanceledException(Ended);
        }

        await PublishAsync(topic, payload, qualityOfService, null);
        return true;
    }

    /// <summary>Sends a message that can wait: while there is no room for it, this waits for the device to acknowledge others.</summary>
    /// <param name="filter">The filter that the device has to have subscribed to.</param>
    /// <param name="topic">The message's topic.</param>
    /// <param name="payload">The message.</param>
    /// <param name="delivered">Is called when the device has it: at once with QoS 0, on its PUBACK with QoS 1.</param>
    /// <returns>False when the filter is not subscribed to.</returns>
    /// <exception cref="OperationCanceledException">The connection ended.</exception>
    internal async Task<bool> DeliverAsync(string filter, string topic, ReadOnlyMemory<byte> payload, Action delivered)
    {
        if (FindGranted(filter) is not { } qualityOfService)
        {
            return false;
        }

        if (qualityOfService == MqttQualityOfService.AtLeastOnce)
        {
            await _room.WaitAsync(Ended);
        }

        await PublishAsync(topic, payload, qualityOfService, delivered);
        return true;
    }

    /// <summary>The device has acknowledged a message.</summary>
    internal void Acknowledge(ushort packetId)
    {
        if (TryRelease(packetId, out Action? delivered))
        {
            delivered?.Invoke();
        }
    }

    private MqttQualityOfService? FindGranted(string filter)
    {
        lock (_gate)
        {
            int index = _subscriptions.FindIndex(subscription => subscription.Filter == filter);
            return index < 0 ? null : _subscriptions[index].QualityOfService;
        }
    }

    private async ValueTask PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQualityOfService qualityOfService, Action? delivered)
    {
        Ended.ThrowIfCancellationRequested();
        ushort packetId = qualityOfService == MqttQualityOfService.AtLeastOnce ? Reserve(delivered) : (ushort)0;
        try
        {
            await _channel.WriteAsync(
                new PublishPacket { Topic = topic, Payload = payload, QualityOfService = qualityOfService, PacketId = packetId }, Ended);
        }
        catch (MqttProtocolException)
        {
            // Nothing was sent, so nothing will be acknowledged.
            TryRelease(packetId, out _);
            throw;
        }

        if (packetId == 0)
        {
            delivered?.Invoke();
        }
    }

    /// <summary>A packet identifier that is free: there are always some, as there is room for a few messages only.</summary>
    private ushort Reserve(Action? delivered)
    {
        lock (_gate)
        {
            _unacknowledged ??= [];
            do
            {
                _lastPacketId++;
            }
            while (_lastPacketId == 0 || !_unacknowledged.TryAdd(_lastPacketId, delivered));
            return _lastPacketId;
        }
    }

    /// <summary>Makes room for another message; false when none of this identifier waits.</summary>
    private bool TryRelease(ushort packetId, out Action? delivered)
    {
        delivered = null;
        lock (_gate)
        {
            if (_unacknowledged?.Remove(packetId, out delivered) != true)
            {
                return false;
            }
        }

        _room.Release();
        return true;
    }
}
