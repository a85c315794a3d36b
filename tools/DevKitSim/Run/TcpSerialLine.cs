using System.Net;
using System.Net.Sockets;
using DevKit.Sim.Board;

namespace DevKit.Sim.Run;

/// <summary>The serial port on a TCP port of this PC, raw, for PuTTY and the like; one monitor at a time.</summary>
internal sealed class TcpSerialLine : ISerialLine
{
    private readonly VirtualDevKit _board;
    private readonly TcpListener _listener;
    private volatile NetworkStream? _monitor;

    /// <summary>Opens the port.</summary>
    /// <exception cref="IOException">The port is busy.</exception>
    public TcpSerialLine(VirtualDevKit board, int port)
    {
        _board = board;
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start(1);
        }
        catch (SocketException e)
        {
            throw new IOException($"TCP port {port} for the serial line can't be opened: {e.Message}. Name another with --serial tcp:PORT.");
        }

        _board.SerialSent += Send;
        new Thread(Serve) { IsBackground = true, Name = "serial" }.Start();
    }

    public string Description => $"serial port on TCP {_listener.LocalEndpoint}, raw";

    public void Dispose()
    {
        _board.SerialSent -= Send;
        _listener.Dispose();
        _monitor?.Dispose();
    }

    private void Serve()
    {
        byte[] buffer = new byte[1024];
        while (true)
        {
            try
            {
                using TcpClient client = _listener.AcceptTcpClient();
                client.NoDelay = true;
                _monitor = client.GetStream();
                for (int n = _monitor.Read(buffer); n > 0; n = _monitor.Read(buffer))
                {
                    _board.TypeSerial(buffer.AsSpan(0, n));
                }
            }
            catch (IOException)
            {
                // The monitor is gone; the next may come.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _monitor = null;
        }
    }

    // What nobody reads is lost, as on a cable.
    private void Send(byte[] bytes)
    {
        try
        {
            _monitor?.Write(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _monitor = null;
        }
    }
}
