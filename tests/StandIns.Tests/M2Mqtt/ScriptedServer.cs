using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using DevKit.Mqtt;
using DotNet = System.Security.Cryptography.X509Certificates;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>A server of which the test writes and reads each packet.</summary>
internal sealed class ScriptedServer : IDisposable
{
    /// <summary>Bounds a test that would otherwise hang; nothing is measured with it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly DotNet.X509Certificate2? _certificate;
    private Stream? _stream;
    private MqttChannel? _channel;

    /// <summary>With a certificate, it speaks TLS.</summary>
    internal ScriptedServer(DotNet.X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        CloseConnection();
        _listener.Dispose();
    }

    /// <summary>Accepts the next connection and answers its CONNECT.</summary>
    internal async Task<ConnectPacket> AcceptAsync(MqttConnectReturnCode answer = MqttConnectReturnCode.Accepted)
    {
        ConnectPacket connect = await AcceptConnectAsync();
        await SendAsync(new ConnackPacket { ReturnCode = answer });
        return connect;
    }

    internal async Task<ConnectPacket> AcceptConnectAsync()
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

    internal async Task SendAsync(MqttPacket packet)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _channel!.WriteAsync(packet, limit.Token);
    }

    /// <summary>Sends bytes, whether they are a packet or not.</summary>
    internal async Task SendBytesAsync(string hexadecimal)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _stream!.WriteAsync(Convert.FromHexString(hexadecimal), limit.Token);
    }

    /// <summary>Receives bytes, whether they are a packet or not. No packet is received after them.</summary>
    internal async Task<string> ReceiveBytesAsync(int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        byte[] bytes = new byte[count];
        await _stream!.ReadExactlyAsync(bytes, limit.Token);
        return Convert.ToHexString(bytes);
    }

    internal async Task<T> ReceiveAsync<T>()
        where T : MqttPacket
    {
        using var limit = new CancellationTokenSource(Patience);
        MqttPacket? packet = await _channel!.ReadAsync(limit.Token);
        Assert.IsInstanceOfType<T>(packet);
        return (T)packet;
    }

    internal async Task ExpectCloseAsync()
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

    internal void CloseConnection()
    {
        _channel?.Dispose();
        _stream?.Dispose();
    }
}
