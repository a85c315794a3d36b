using System.Net.Sockets;

namespace NanoStandIns.Tls;

/// <summary>
/// A handshake that failed. The device throws a SocketException whose code is mbed TLS's and says no more; here the message does.
/// </summary>
internal sealed class TlsException(int code, string message) : SocketException(code)
{
    /// <summary>MBEDTLS_ERR_X509_CERT_VERIFY_FAILED: the server's certificate is refused.</summary>
    internal const int CertificateRefused = -0x2700;

    /// <summary>MBEDTLS_ERR_SSL_CONN_EOF: the connection ended within the handshake.</summary>
    internal const int Ended = -0x7280;

    /// <summary>MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE: one side finds nothing to agree on.</summary>
    internal const int Alert = -0x7780;

    /// <summary>mbed TLS's code.</summary>
    public override int ErrorCode => (int)SocketErrorCode;

    public override string Message => message;
}
