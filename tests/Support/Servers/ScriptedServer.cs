using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using DevKit.Mqtt;
using DotNet = System.Security.Cryptography.X509Certificates;

namespace DevKit.Support.Servers;

/// <summary>A server of which the test writes and reads each packet.</summary>
public sealed class ScriptedServer : IDisposable
{
    /// <summary>Bounds a test that would otherwise hang; nothing is measured with it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly DotNet.X509Certificate2? _certificate;
    private Stream? _stream;
    private MqttChannel? _channel;

    /// <summary>With a certificate, it speaks TLS.</summary>
    public ScriptedServer(DotNet.X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        CloseConnection();
        _listener.Dispose();
    }

    /// <summary>Accepts the next connection and answers its CONNECT.</summary>
    public async Task<ConnectPacket> AcceptAsync(MqttConnectReturnCode answer = MqttConnectReturnCode.Accepted)
    {
        ConnectPacket connect = await AcceptConnectAsync();
        await SendAsync(new ConnackPacket { ReturnCode = answer });
        return connect;
    }

    public async Task<ConnectPacket> AcceptConnectAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        TcpClient client = await _listener.AcceptTcpClientAsync(limit.Token);
        _stream = client.GetStream();
        if (_certificate is not null)
        {
            var tls = new SslStream(_stream);
            _stream = tls;
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, limit.Token);
        }

        _channel = new MqttChannel(_stream);
        return await ReceiveAsync<ConnectPacket>();
    }

    public async Task SendAsync(MqttPacket packet)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _channel!.WriteAsync(packet, limit.Token);
    }

    /// <summary>Sends bytes, whether they are a packet or not.</summary>
    public async Task SendBytesAsync(string hexadecimal)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _stream!.WriteAsync(Convert.FromHexString(hexadecimal), limit.Token);
    }

    /// <summary>Receives bytes, whether they are a packet or not. No packet is received after them.</summary>
    public async Task<string> ReceiveBytesAsync(int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        byte[] bytes = new byte[count];
        await _stream!.ReadExactlyAsync(bytes, limit.Token);
        return Convert.ToHexString(bytes);
    }

    public async Task<T> ReceiveAsync<T>()
        where T : MqttPacket
    {
        using var limit = new CancellationTokenSource(Patience);
        MqttPacket? packet = await _channel!.ReadAsync(limit.Token);
        Assert.IsInstanceOfType<T>(packet);
        return (T)packet;
    }

    public async Task ExpectCloseAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            Assert.IsNull(await _channel!.ReadAsync(limit.Token));
        }
        catch (IOException)
        {
            // Broken off instead of ended: closed as well.
        }
    }

    public void CloseConnection()
    {
        _channel?.Dispose();
        _stream?.Dispose();
    }
}
