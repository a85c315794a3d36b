using System.Net.Sockets;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>A client's way to its server, one connection after another, and the four threads that work on it.</summary>
internal sealed class MqttConnection
{
    private const int LongestJoin = 1_000;
    private const int PauseBeforeClosing = 200;

    private readonly ClientState _state = new();
    private readonly MqttNetworkChannel _channel;
    private readonly MqttSettings _settings;
    private readonly Exchange _exchange;
    private readonly EventDispatcher _dispatcher;
    private readonly KeepAlive _keepAlive;
    private readonly Action<MqttMsgConnack> _opened;
    private Thread _receiveThread;
    private Thread _inflightThread;
    private Thread _keepAliveThread;
    private volatile bool _isAlreadyClosing;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="channel">The way to the server.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="opened">Told each CONNACK, on the receiving thread.</param>
    /// <param name="raise">Told what happens, on the events' thread.</param>
    /// <param name="closed">Told, on the events' thread, that it has closed the connection.</param>
    internal MqttConnection(
        MqttNetworkChannel channel, MqttSettings settings, Action<MqttMsgConnack> opened, Action<ClientEvent> raise, Action closed)
    {
        _channel = channel;
        _settings = settings;
        _opened = opened;
        _exchange = new Exchange(channel);
        _dispatcher = new EventDispatcher(_state, raise, Close, closed);
        _keepAlive = new KeepAlive(_state, _exchange);
        Inflight = new InflightQueue(_exchange, settings);
    }

    /// <summary>What is to be sent; it may be filled before there is a connection.</summary>
    internal InflightQueue Inflight { get; }

    internal bool IsConnected => _state.IsConnected;

    /// <summary>How <see cref="Close"/> lets time pass; a test looks on.</summary>
    internal Action<int> Pause { get; set; } = Thread.Sleep;

    /// <summary>Connects and waits for the answer. A connection that is refused stays open, with the receiving thread alone.</summary>
    /// <param name="connect">What is asked for.</param>
    /// <param name="accepted">Called when it is accepted, before the other threads start.</param>
    /// <exception cref="MqttConnectionException">Nobody listens, or the TLS handshake failed.</exception>
    /// <exception cref="MqttCommunicationException">The server closed the connection, or did not answer.</exception>
    /// <exception cref="MqttClientException">CONNECT cannot be written; the connection is open then.</exception>
    internal MqttReasonCode Connect(MqttMsgConnect connect, Action accepted)
    {
        OpenChannel();
        StopWorkers();
        _state.IsRunning = true;
        _state.IsClosing = false;
        _receiveThread = Start("receive", new Receiver(_channel, _state, _exchange, Inflight, _opened).Run);
        var connack = (MqttMsgConnack)_exchange.SendReceive(connect, MqttSettings.DefaultTimeout);
        if (connack.ReturnCode == MqttReasonCode.Success)
        {
            accepted();
            StartWorkers(connect);
            _state.IsConnected = true;
        }

        return connack.ReturnCode;
    }

    /// <summary>Says goodbye, and lets the events' thread close.</summary>
    /// <exception cref="MqttCommunicationException">There is no connection.</exception>
    internal void Disconnect()
    {
        _exchange.Send(new MqttMsgBase(MqttMessageType.Disconnect));
        _state.BeginClosing();
    }

    /// <summary>Lets the events' thread close.</summary>
    internal void BeginClosing() => _state.BeginClosing();

    /// <summary>Stops the threads, waits for each a while, and closes. A call while another one is at it returns at once.</summary>
    internal void Close()
    {
        if (_isAlreadyClosing)
        {
            return;
        }

        _isAlreadyClosing = true;
        _state.IsRunning = false;
        _state.EventsPending.Set();
        Pause(PauseBeforeClosing);
        Inflight.Wake();
        _inflightThread?.Join(LongestJoin);
        _keepAlive.Wake();
        _keepAlive.WaitForEnd(LongestJoin);
        Inflight.Clear();
        _dispatcher.Clear();
        _channel.Close();
        _state.IsConnected = false;
        _isAlreadyClosing = false;
    }

    private static Thread Start(string name, ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true, Name = "M2Mqtt " + name };
        thread.Start();
        return thread;
    }

    private void OpenChannel()
    {
        try
        {
            _channel.Connect();
            _exchange.LastSent = 0;
        }
        catch (SocketException error)
        {
            throw new MqttConnectionException($"Socket exception connecting to the broker: {(int)error.SocketErrorCode}", error);
        }
        catch (Exception error)
        {
            throw new MqttConnectionException("Exception connecting to the broker", error);
        }
    }

    private void StartWorkers(MqttMsgConnect connect)
    {
        int keepAliveMilliseconds = connect.KeepAlivePeriod * 1000;
        Inflight.OpenSession(connect.CleanSession);
        if (keepAliveMilliseconds != 0)
        {
            _keepAliveThread = Start("keep alive", () => _keepAlive.Run(keepAliveMilliseconds));
        }

        Start("events", _dispatcher.Run);
        _inflightThread = Start("inflight", new InflightSender(_state, Inflight, _exchange, _dispatcher.Add, _settings).Run);
    }

    /// <summary>Those of an earlier connection, but for the events' thread: it may be the one that connects again.</summary>
    private void StopWorkers()
    {
        Thread[] workers = [.. new[] { _inflightThread, _keepAliveThread, _receiveThread }.Where(thread => thread is { IsAlive: true })];
        if (workers.Length == 0)
        {
            return;
        }

        _state.IsRunning = false;
        Inflight.Wake();
        _state.EventsPending.Set();
        _keepAlive.Wake();
        foreach (Thread worker in workers)
        {
            worker.Join(LongestJoin);
        }
    }
}
