using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.CommandLine;

namespace DevKit.CertGen.Enrollment;

/// <summary>
/// How a service is reached, and whom its certificate is verified by: for a cloud that runs on this machine under Azure's names.
/// </summary>
internal static class ServiceAddress
{
    /// <summary>Makes what sends requests.</summary>
    /// <param name="connect">HOST:PORT to connect to instead of the service's name, or null.</param>
    /// <param name="trust">A file of CA certificates (PEM) that are trusted instead of the system's, or null.</param>
    /// <exception cref="CommandException">One of them is malformed.</exception>
    public static HttpMessageHandler CreateHandler(string? connect, string? trust)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseProxy = connect == null };
        if (trust != null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = ReadTrust(trust) };
        }

        if (connect != null)
        {
            EndPoint endPoint = Parse(connect);
            handler.ConnectCallback = (_, cancellation) => ConnectAsync(endPoint, cancellation);
        }

        return handler;
    }

    private static X509ChainPolicy ReadTrust(string path)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandException($"--trust {path} can't be read: {e.Message} Name the CA's certificate (PEM).");
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new CommandException($"--trust {path} holds no certificate. Name the CA's certificate (PEM).");
    }

    private static EndPoint Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon] : "";
        return host.Length > 0
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535
            && Uri.CheckHostName(host) is not UriHostNameType.Unknown and not UriHostNameType.Basic
            ? IPAddress.TryParse(host, out IPAddress? address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port)
            : throw new CommandException($"--connect {text} is no address. Write HOST:PORT, as 127.0.0.1:8443.");
    }

    private static async ValueTask<Stream> ConnectAsync(EndPoint endPoint, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
