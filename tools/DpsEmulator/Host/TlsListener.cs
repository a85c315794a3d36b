using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace DevKit.DpsEmulator.Host;

/// <summary>TLS as all the emulator's listeners speak it, with one server certificate.</summary>
internal sealed class TlsListener(X509Certificate2 server)
{
    /// <summary>After this long a handshake that is not over is broken off.</summary>
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(30);

    private readonly SslStreamCertificateContext _server = SslStreamCertificateContext.Create(server, null, offline: true);

    /// <summary>
    /// Serves TLS, to no more silent connections than <see cref="ConnectLimit"/> lets in. Any client certificate is taken, and none:
    /// what a client sent is the connection's feature <see cref="ClientCertificates"/>, and whether it is right is DPS's and the hub's
    /// matter.
    /// </summary>
    internal ListenOptions Serve(ListenOptions listen)
    {
        listen.Use(new ConnectLimit(ConnectLimit.Maximum, listen.ApplicationServices.GetRequiredService<EventLog>()).InvokeAsync);
        return listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakeTimeout,
            OnConnection = handshake => ValueTask.FromResult(CreateOptions(handshake.Connection.Features)),
        });
    }

    private SslServerAuthenticationOptions CreateOptions(IFeatureCollection features) => new()
    {
        ServerCertificateContext = _server,
        ClientCertificateRequired = true,
#pragma warning disable CA5359 // A device's certificate is verified against what is enrolled, when it connects.
        RemoteCertificateValidationCallback = (stream, certificate, chain, _) =>
#pragma warning restore CA5359
        {
            OpenSslBuffers.TryRelease((SslStream)stream);
            Keep(certificate, chain, features);
            return true;
        },

        // .NET builds a chain whatever the callback does: in an empty store it does not search the system's.
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,

        // A resumed session has the leaf alone, and not what was sent behind it (RFC 5077, 5.1; RFC 8446, 2.2).
        AllowTlsResume = false,
    };

    /// <summary>Keeps what the client sent as bytes, and frees .NET's copies, which would stay until they are finalized.</summary>
    private static void Keep(X509Certificate? certificate, X509Chain? chain, IFeatureCollection features)
    {
        if (certificate is null)
        {
            return;
        }

        byte[] leaf = certificate.GetRawCertData();
        var others = new List<byte[]>();
        foreach (X509Certificate2 sent in chain?.ChainPolicy.ExtraStore ?? [])
        {
            // On Windows the leaf is among them.
            if (!sent.RawDataMemory.Span.SequenceEqual(leaf))
            {
                others.Add(sent.RawData);
            }

            sent.Dispose();
        }

        certificate.Dispose();
        features.Set(new ClientCertificates(leaf, others));
    }
}
