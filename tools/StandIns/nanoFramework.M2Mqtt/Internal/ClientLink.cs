using DevKit.Mqtt;
using nanoFramework.M2Mqtt.Exceptions;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>
/// One connection of a client, with the device's four threads: one receives, one sends and sends again, one raises events,
/// one keeps the connection alive.
/// </summary>
internal sealed class ClientLink
{
    private static readonly TimeSpan LongestJoin = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Stream _stream;
    private readonly MqttChannel _channel;
    private readonly IClientLinkOwner _owner;
    private readonly InflightQueue _inflight;
    private readonly MqttSettings _settings;
    private readonly Queue<Action> _events = new();
    private readonly List<Thread> _threads = [];
    private readonly HashSet<ushort> _halfReceived = [];
    private readonly AutoResetEvent _answered = new(false);
    private readonly ManualResetEventSlim _ended = new(false);

    private volatile MqttPacket _answer;
    private volatile bool _running = true;
    private volatile bool _closing;
    private long _lastSent;
    private Thread _eventThread;

    internal ClientLink(Stream stream, IClientLinkOwner owner, InflightQueue inflight, MqttSettings settings)
    {
        _stream = stream;
        _owner = owner;
        _inflight = inflight;
        _settings = settings;
        _channel = new MqttChannel(stream);
        Start("receive", Receive);
    }

    /// <summary>Sends CONNECT and waits for the answer.</summary>
    /// <exception cref="MqttCommunicationException">The connection broke, or no answer came.</exception>
    internal ConnackPacket Open(ConnectPacket packet) =>
        Exchange(packet, MqttSettings.DefaultTimeout) as ConnackPacket ?? throw new MqttCommunicationException();

    /// <summary>Starts what works on an accepted connection.</summary>
    internal void Run(int keepAliveMilliseconds)
    {
        _eventThread = Start("events", RaiseEvents);
        Start("inflight", SendInflight);
        if (keepAliveMilliseconds != 0)
        {
            Start("keep alive", () => KeepAlive(keepAliveMilliseconds));
        }
    }

    /// <summary>Sends a packet on the calling thread.</summary>
    /// <exception cref="MqttCommunicationException">The connection broke.</exception>
    internal void Send(MqttPacket packet)
    {
        try
        {
            _channel.WriteAsync(packet).AsTask().GetAwaiter().GetResult();
            Volatile.Write(ref _lastSent, Environment.TickCount64);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new MqttCommunicationException(error);
        }
    }

    /// <summary>Lets the event thread drain its queue, close the connection and say so; nothing, once it is closed.</summary>
    internal void BeginClosing()
    {
        lock (_gate)
        {
            _closing |= _running;
            Monitor.PulseAll(_gate);
        }

        _answered.Set();
    }

    /// <summary>Ends the connection and its threads. Whether that is said is up to <see cref="BeginClosing"/>.</summary>
    internal void Close()
    {
        Thread[] threads;
        lock (_gate)
        {
            if (!_running)
            {
                return;
            }

            _running = false;
            _events.Clear();
            threads = [.. _threads];
            Monitor.PulseAll(_gate);
        }

        _ended.Set();
        _answered.Set();
        _inflight.Clear();
        _stream.Dispose();
        foreach (Thread thread in threads)
        {
            if (thread != Thread.CurrentThread && thread != _eventThread)
            {
                thread.Join(LongestJoin);
            }
        }
    }

    /// <summary>Waits, for a while, for the event thread, unless this is it.</summary>
    internal void JoinEvents()
    {
        if (_eventThread != null && _eventThread != Thread.CurrentThread)
        {
            _eventThread.Join(LongestJoin);
        }
    }

    private Thread Start(string name, Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true, Name = "M2Mqtt " + name };
        lock (_gate)
        {
            _threads.Add(thread);
        }

        thread.Start();
        return thread;
    }

    private MqttPacket Exchange(MqttPacket request, int timeoutMilliseconds)
    {
        _answer = null;
        _answered.Reset();
        Send(request);
        bool answered = _answered.WaitOne(timeoutMilliseconds);
        return answered && _answer != null ? _answer : throw new MqttCommunicationException();
    }

    private void Raise(Action action)
    {
        lock (_gate)
        {
            _events.Enqueue(action);
            Monitor.PulseAll(_gate);
        }
    }

    private void Receive()
    {
        try
        {
            while (_running && _channel.ReadAsync().AsTask().GetAwaiter().GetResult() is { } packet)
            {
                Take(packet);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException
            or MqttProtocolException or MqttCommunicationException)
        {
            // However it ended, it is over: the event thread says so.
        }

        BeginClosing();
    }

    private void Take(MqttPacket packet)
    {
        switch (packet)
        {
            case ConnackPacket connack:
                _answer = connack;
                _owner.OnOpened(connack);
                _answered.Set();
                break;
            case PingrespPacket:
                _answer = packet;
                _answered.Set();
                break;
            case PublishPacket publish:
                TakeMessage(publish);
                break;
            case PubackPacket puback when _inflight.Settle(puback.PacketId, MqttPacketType.Puback):
                Raise(() => _owner.OnPublished(puback.PacketId, true));
                break;
            case PubrecPacket pubrec:
                _inflight.Release(pubrec.PacketId);
                break;
            case PubcompPacket pubcomp when _inflight.Settle(pubcomp.PacketId, MqttPacketType.Pubcomp):
                Raise(() => _owner.OnPublished(pubcomp.PacketId, true));
                break;
            case PubrelPacket pubrel:
                _halfReceived.Remove(pubrel.PacketId);
                _inflight.Add(new PubcompPacket { PacketId = pubrel.PacketId });
                break;
            case SubackPacket suback when _inflight.Settle(suback.PacketId, MqttPacketType.Suback):
                Raise(() => _owner.OnSubscribed(suback));
                break;
            case UnsubackPacket unsuback when _inflight.Settle(unsuback.PacketId, MqttPacketType.Unsuback):
                Raise(() => _owner.OnUnsubscribed(unsuback.PacketId));
                break;
            case ConnectPacket or SubscribePacket or UnsubscribePacket or PingreqPacket or DisconnectPacket:
                throw new MqttProtocolException($"A server does not send {packet.Type}.");
        }
    }

    /// <summary>QoS 2 is handed on once, at its PUBLISH; a repetition is only acknowledged again (MQTT 3.1.1, 4.3.3, method B).</summary>
    private void TakeMessage(PublishPacket packet)
    {
        bool isNew = true;
        if (packet.QualityOfService == MqttQualityOfService.AtLeastOnce)
        {
            _inflight.Add(new PubackPacket { PacketId = packet.PacketId });
        }
        else if (packet.QualityOfService == MqttQualityOfService.ExactlyOnce)
        {
            isNew = _halfReceived.Add(packet.PacketId);
            _inflight.Add(new PubrecPacket { PacketId = packet.PacketId });
        }

        if (isNew)
        {
            Raise(() => _owner.OnReceived(packet));
        }
    }

    private void SendInflight()
    {
        try
        {
            while (_running)
            {
                _inflight.SendDue(Send, unacknowledged => Raise(() => _owner.OnPublished(unacknowledged, false)), _settings);
            }
        }
        catch (Exception error) when (error is MqttCommunicationException or MqttProtocolException)
        {
            // A packet that the standard forbids ends the connection here as it does on the device: silently.
            BeginClosing();
        }
    }

    private void RaiseEvents()
    {
        while (NextEvent(out Action action))
        {
            try
            {
                action();
            }
            catch (Exception)
            {
                // A handler's exception is seen by nobody; it costs the connection.
                BeginClosing();
            }
        }

        if (_closing)
        {
            Close();
            try
            {
                _owner.OnClosed();
            }
            catch (Exception)
            {
                // As above, and there is no connection left to close.
            }
        }
    }

    /// <summary>Events that have come in are raised before a closing connection is closed.</summary>
    private bool NextEvent(out Action action)
    {
        lock (_gate)
        {
            while (_running && !_closing && _events.Count == 0)
            {
                Monitor.Wait(_gate);
            }

            return _events.TryDequeue(out action);
        }
    }

    private void KeepAlive(int period)
    {
        int wait = period;
        try
        {
            while (!_ended.Wait(wait))
            {
                long idle = Environment.TickCount64 - Volatile.Read(ref _lastSent);
                if (idle >= period)
                {
                    Exchange(new PingreqPacket(), period);
                    idle = 0;
                }

                wait = (int)(period - idle);
            }
        }
        catch (MqttCommunicationException)
        {
            BeginClosing();
        }
    }
}
