using System.Security.Authentication;
using NanoStandIns;
using NanoStandIns.Tls;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// The bytes between a client and its server. The name is resolved when the channel is made, the connection opened later; TLS
/// has no time limit of its own, neither for the handshake nor for reading.
/// </summary>
internal sealed class MqttNetworkChannel
{
    private readonly string _host;
    private readonly int _port;
    private readonly bool _secure;
    private readonly X509Certificate _caCert;
    private readonly X509Certificate _clientCert;
    private readonly MqttSslProtocols _sslProtocol;
    private volatile Stream _transport;
    private volatile Stream _stream;

    /// <exception cref="System.Net.Sockets.SocketException">The name cannot be resolved.</exception>
    internal MqttNetworkChannel(
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

    /// <summary>Opens the connection, with TLS where it was asked for; one that is open is closed first.</summary>
    internal void Connect()
    {
        Close();
        Stream transport = MachineHost.Current.Network.Connect(_host, _port);
        _transport = transport;
        _stream = _secure ? DeviceTls.Open(transport, _host, _caCert, _clientCert, Version(_sslProtocol)) : transport;
    }

    /// <exception cref="NullReferenceException">There is no connection.</exception>
    internal void Send(byte[] bytes)
    {
        Stream stream = _stream;
        stream.Write(bytes);
        stream.Flush();
    }

    /// <summary>Fills a buffer.</summary>
    /// <returns>The buffer's length, or 0 when the connection ended before it was full, or there is none.</returns>
    internal int Receive(byte[] buffer)
    {
        int count = 0;
        while (count < buffer.Length)
        {
            int read = _stream?.Read(buffer, count, buffer.Length - count) ?? 0;
            if (read == 0)
            {
                return 0;
            }

            count += read;
        }

        return count;
    }

    /// <summary>Closes the connection, also under a handshake that another thread is at.</summary>
    internal void Close()
    {
        try
        {
            _stream?.Dispose();
            _transport?.Dispose();
        }
        catch (IOException)
        {
            // It is gone either way.
        }

        _stream = null;
        _transport = null;
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
