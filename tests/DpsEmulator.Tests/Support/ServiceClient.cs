using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>An HTTPS client that finds Azure's names at the emulator and verifies its certificate.</summary>
internal sealed class ServiceClient : IDisposable
{
    private readonly Cloud _cloud;
    private readonly HttpClient _http;

    internal ServiceClient(Cloud cloud, string host, DeviceCertificate? certificate = null)
    {
        _cloud = cloud;
        Host = host;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(cloud.Host.CaCertificatePem);
        var tls = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,
            ClientCertificateContext = certificate is null
                ? null
                : SslStreamCertificateContext.Create(certificate.Certificate, certificate.Chain, offline: true),
        };
        _http = new HttpClient(new SocketsHttpHandler { SslOptions = tls, ConnectCallback = ConnectAsync })
        {
            BaseAddress = new Uri($"https://{host}/"),
        };
    }

    internal string Host { get; }

    /// <summary>The key of the services' policies, from the data folder.</summary>
    internal static string ReadKey(Cloud cloud, string policy) => File.ReadAllText(Path.Combine(cloud.Folder, policy + ".key")).Trim();

    public void Dispose() => _http.Dispose();

    internal string CreateToken(string policy, string? host = null) => Sas.Create(host ?? Host, ReadKey(_cloud, policy), policy);

    internal async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> SendAsync(
        HttpMethod method, string path, string? token = null, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        HttpResponseMessage response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_cloud.Host.HttpsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
