using System.Net;
using System.Net.Sockets;
using DevKit.Sim.Board;

namespace DevKit.Sim.Serial;

/// <summary>
/// The serial port on a TCP port of this PC, raw, for PuTTY and the like; one monitor at a time. As on a cable, what nobody
/// reads is lost.
/// </summary>
internal sealed class TcpSerialLine : ISerialLine
{
    // A monitor that stands still for this long is disconnected.
    private const int StallMilliseconds = 1000;

    private readonly VirtualDevKit _board;
    private readonly TcpListener _listener;
    private readonly Lock _lock = new();
    private NetworkStream? _monitor;
    private volatile bool _isClosed;

    /// <summary>Opens the port.</summary>
    /// <exception cref="IOException">The port is busy.</exception>
    public TcpSerialLine(VirtualDevKit board, int port)
    {
        _board = board;
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            const string Remedy = "Name another with --serial tcp:PORT.";
            throw new IOException($"TCP port {port} can't be opened: {e.Message}. {Remedy}", e);
        }
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether a monitor is connected; the line learns that one has gone a moment after it went.</summary>
    public bool HasMonitor
    {
        get
        {
            lock (_lock)
            {
                return _monitor != null;
            }
        }
    }

    public string Place => $"TCP {_listener.LocalEndpoint}, raw";

    public string Hint => $"PuTTY: connection type Raw, host 127.0.0.1, port {Port}";

    public void Attach()
    {
        _board.SerialSent += Send;
        new Thread(Accept) { IsBackground = true, Name = "serial" }.Start();
    }

    public void Dispose()
    {
        _board.SerialSent -= Send;
        _isClosed = true;
        _listener.Dispose();
        Disconnect();
    }

    private void Accept()
    {
        while (!_isClosed)
        {
            try
            {
                AcceptOrRefuse(_listener.AcceptTcpClient());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The monitor was gone at once, or this is closed.
            }
        }
    }

    private void AcceptOrRefuse(TcpClient client)
    {
        client.NoDelay = true;
        client.SendTimeout = StallMilliseconds;
        if (TryConnect(client.GetStream()))
        {
            new Thread(() => Receive(client)) { IsBackground = true, Name = "serial monitor" }.Start();
            return;
        }

        using (client)
        {
            client.Client.Send("Another monitor is connected to this serial port.\r\n"u8);
        }
    }

    private void Receive(TcpClient client)
    {
        byte[] buffer = new byte[1024];
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                for (int n = stream.Read(buffer); n > 0; n = stream.Read(buffer))
                {
                    _board.TypeSerial(buffer.AsSpan(0, n));
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The monitor is gone; the next may come.
            }
        }

        Disconnect();
    }

    private bool TryConnect(NetworkStream monitor)
    {
        lock (_lock)
        {
            if (_monitor != null)
            {
                return false;
            }

            _monitor = monitor;
            return true;
        }
    }

    private void Disconnect()
    {
        lock (_lock)
        {
            _monitor?.Dispose();
            _monitor = null;
        }
    }

    private void Send(byte[] bytes)
    {
        lock (_lock)
        {
            try
            {
                _monitor?.Write(bytes);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // Its receiver disconnects it.
                _monitor?.Dispose();
            }
        }
    }
}
