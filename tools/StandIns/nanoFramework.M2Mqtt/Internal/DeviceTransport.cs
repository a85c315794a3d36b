using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using nanoFramework.M2Mqtt.Exceptions;
using NanoStandIns;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>
/// The way to a server. The device resolves the name when the client is made and connects later; the board's network does both
/// in one step. So a first connection is tried at once: an unknown name throws, a connection that came about is kept for its
/// use, and that nobody listens is found again by <see cref="Open"/>.
/// </summary>
internal sealed class DeviceTransport
{
    /// <summary>How long the first connection may wait for its use, milliseconds: a server does not wait for ever.</summary>
    private const long FirstLifetime = 5_000;

    private readonly string _host;
    private readonly int _port;
    private readonly bool _secure;
    private readonly X509Certificate _caCert;
    private readonly X509Certificate _clientCert;
    private readonly MqttSslProtocols _sslProtocol;
    private readonly long _openedAt;
    private Stream _first;

    /// <exception cref="SocketException">The name cannot be resolved.</exception>
    internal DeviceTransport(
        string host, int port, bool secure, X509Certificate caCert, X509Certificate clientCert, MqttSslProtocols sslProtocol)
    {
        _host = host;
        _port = port;
        _secure = secure;
        _caCert = caCert;
        _clientCert = clientCert;
        _sslProtocol = sslProtocol;
        _openedAt = Environment.TickCount64;
        try
        {
            _first = MachineHost.Current.Connect(host, port);
        }
        catch (SocketException error) when (error.SocketErrorCode
            is not (SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery))
        {
            _first = null;
        }
    }

    /// <summary>Connects, with TLS where it was asked for.</summary>
    /// <exception cref="MqttConnectionException">Nobody listens, or the TLS handshake failed.</exception>
    internal Stream Open()
    {
        try
        {
            Stream stream = TakeFirst() ?? MachineHost.Current.Connect(_host, _port);
            return _secure ? DeviceTls.Open(stream, _host, _caCert, _clientCert, Version(_sslProtocol)) : stream;
        }
        catch (SocketException error)
        {
            throw new MqttConnectionException($"Socket exception connecting to the broker: {(int)error.SocketErrorCode}", error);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or IOException)
        {
            throw new MqttConnectionException("Exception connecting to the broker", error);
        }
    }

    /// <summary>Gives up a first connection that nobody used.</summary>
    internal void Close()
    {
        _first?.Dispose();
        _first = null;
    }

    private Stream TakeFirst()
    {
        if (Environment.TickCount64 - _openedAt > FirstLifetime)
        {
            Close();
        }

        Stream first = _first;
        _first = null;
        return first;
    }

    private static SslProtocols Version(MqttSslProtocols protocol)
    {
        switch (protocol)
        {
            case MqttSslProtocols.TLSv1_2:
                return SslProtocols.Tls12;
            case MqttSslProtocols.TLSv1_3:
            case MqttSslProtocols.None: // the device's TLS then offers its newest alone
                return SslProtocols.Tls13;
            default:
                throw new ArgumentException("SSL/TLS protocol version not supported");
        }
    }
}
