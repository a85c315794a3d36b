using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using nanoFramework.M2Mqtt.Exceptions;
using NanoStandIns;
using NanoStandIns.Tls;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>The way to a server: the name is resolved when the client is made, and the connection opened later.</summary>
internal sealed class DeviceTransport
{
    private readonly string _host;
    private readonly int _port;
    private readonly bool _secure;
    private readonly X509Certificate _caCert;
    private readonly X509Certificate _clientCert;
    private readonly MqttSslProtocols _sslProtocol;

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
        MachineHost.Current.Network.Resolve(host);
    }

    /// <summary>Connects, with TLS where it was asked for.</summary>
    /// <exception cref="MqttConnectionException">Nobody listens, or the TLS handshake failed.</exception>
    internal Stream Open()
    {
        try
        {
            Stream stream = MachineHost.Current.Network.Connect(_host, _port);
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
