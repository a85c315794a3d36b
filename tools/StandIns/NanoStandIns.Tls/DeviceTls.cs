using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using DotNet = System.Security.Cryptography.X509Certificates;

namespace NanoStandIns.Tls;

/// <summary>
/// The device's TLS over a connection of the board. The server is always verified: its certificate names the host, and
/// its chain ends in a certificate of the program's or of the device's CA store. Nothing of this machine's own trust counts.
/// There is no time limit: a server that accepts the connection and says nothing is waited for.
/// </summary>
internal static class DeviceTls
{
    /// <summary>Makes the handshake.</summary>
    /// <param name="transport">The connection; it belongs to the stream that is returned.</param>
    /// <param name="host">The name that the server's certificate must have.</param>
    /// <param name="anchors">The program's CA certificates, or null.</param>
    /// <param name="client">The client's certificate with its key, or null.</param>
    /// <param name="protocols">The one TLS version to speak.</param>
    /// <exception cref="TlsException">The handshake failed; the message says why, where that is known.</exception>
    /// <exception cref="ArgumentException">A certificate or the key cannot be read.</exception>
    internal static SslStream Open(Stream transport, string host, X509Certificate anchors, X509Certificate client, SslProtocols protocols)
    {
        var check = new ServerCheck();
        var stream = new SslStream(transport, leaveInnerStreamOpen: false);
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = host,
                EnabledSslProtocols = protocols,
                AllowTlsResume = false,
                CertificateChainPolicy = ChainPolicy(anchors),
                RemoteCertificateValidationCallback = check.Verify,
            };
            using ClientIdentity identity = ClientIdentity.Open(client);
            options.ClientCertificateContext = identity?.Context;
            stream.AuthenticateAsClient(options);
            return stream;
        }
        catch (Exception error) when (error is AuthenticationException or IOException or ObjectDisposedException)
        {
            stream.Dispose();
            int code = check.Problem is null ? error is AuthenticationException ? TlsException.Alert : TlsException.Ended : check.Code;
            throw new TlsException(code, check.Problem ?? $"The TLS handshake with {host} failed: {error.Message}");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static DotNet.X509ChainPolicy ChainPolicy(X509Certificate anchors)
    {
        var policy = new DotNet.X509ChainPolicy
        {
            TrustMode = DotNet.X509ChainTrustMode.CustomRootTrust,
            RevocationMode = DotNet.X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        if (MachineHost.Current.Network.CaStore is { } store)
        {
            policy.CustomTrustStore.ImportFromPem(store);
        }

        if (anchors?.GetRawCertData() is { } bytes)
        {
            policy.CustomTrustStore.AddRange(CertificateBytes.Decode(bytes));
        }

        // The server's key exchange is what it serves for (RFC 5280, 4.2.1.12: serverAuth).
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        return policy;
    }

    /// <summary>Looks at the server's certificate.</summary>
    private sealed class ServerCheck
    {
        /// <summary>What is wrong with it, or null.</summary>
        internal string Problem { get; private set; }

        /// <summary>What mbed TLS has for it.</summary>
        internal int Code { get; private set; } = TlsException.CertificateRefused;

        internal bool Verify(object sender, DotNet.X509Certificate certificate, DotNet.X509Chain chain, SslPolicyErrors errors)
        {
            Problem = FindProblem((SslStream)sender, certificate as DotNet.X509Certificate2, chain, errors);
            return Problem == null;
        }

        private string FindProblem(
            SslStream stream, DotNet.X509Certificate2 certificate, DotNet.X509Chain chain, SslPolicyErrors errors)
        {
            if (certificate == null)
            {
                Code = TlsException.Alert;
                return "The server showed no certificate.";
            }

            if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
            {
                return $"The server's certificate ({certificate.Subject}) does not name {stream.TargetHostName}.";
            }

            if ((errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            {
                IEnumerable<string> reasons = chain.ChainStatus.Select(status => status.Status.ToString());
                return $"The server's certificate ({certificate.Subject}) is not trusted: {string.Join(", ", reasons)}. "
                    + "Its chain must end in a CA certificate of the program's or of the device's CA store.";
            }

            // nanoCLR's mbed TLS is built without ECDHE-ECDSA, which is how TLS 1.2 uses such a certificate.
            using RSA rsa = DotNet.RSACertificateExtensions.GetRSAPublicKey(certificate);
            if (rsa != null || stream.SslProtocol != SslProtocols.Tls12)
            {
                return null;
            }

            Code = TlsException.Alert;
            return $"The server's certificate ({certificate.Subject}) has no RSA key: the device's TLS 1.2 takes no other.";
        }
    }
}
