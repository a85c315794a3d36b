using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DevKit.VirtualParts.I2c;

/// <summary>
/// Carries an I2C bus to other programs: a TCP port on loopback, a line for each transfer, in the protocol of
/// <see cref="I2cLine"/>. Any number of clients may be connected; their transfers pass one at a time.
/// </summary>
public sealed class I2cBusServer : IAsyncDisposable
{
    private const int LongestLine = 4096;

    private readonly I2cBus _bus;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    private I2cBusServer(I2cBus bus, TcpListener listener)
    {
        _bus = bus;
        _listener = listener;
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>Starts to listen on loopback.</summary>
    /// <param name="bus">The bus to carry.</param>
    /// <param name="port">TCP port; 0 takes a free one.</param>
    /// <exception cref="SocketException">The port is busy, or may not be used.</exception>
    public static I2cBusServer Start(I2cBus bus, int port = 0)
    {
        ArgumentNullException.ThrowIfNull(bus);
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return new I2cBusServer(bus, listener);
    }

    /// <summary>Stops listening and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                sessions.RemoveAll(session => session.IsCompleted);
                sessions.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }

        await Task.WhenAll(sessions);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                NetworkStream stream = client.GetStream();
                await foreach (string line in ReadLinesAsync(stream))
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(I2cLine.Execute(_bus, line) + "\n"), _stopping.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The client is gone, or the server stops.
            }
        }
    }

    /// <summary>Lines as they come, ended by LF or CR LF; a line that is too long ends the connection.</summary>
    private async IAsyncEnumerable<string> ReadLinesAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[LongestLine];
        int filled = 0;
        while (filled < buffer.Length)
        {
            int count = await stream.ReadAsync(buffer.AsMemory(filled), _stopping.Token);
            if (count == 0)
            {
                yield break;
            }

            filled += count;
            int end;
            while ((end = buffer.AsSpan(0, filled).IndexOf((byte)'\n')) >= 0)
            {
                yield return Encoding.ASCII.GetString(buffer, 0, end).TrimEnd('\r');
                filled -= end + 1;
                buffer.AsSpan(end + 1, filled).CopyTo(buffer);
            }
        }
    }
}
