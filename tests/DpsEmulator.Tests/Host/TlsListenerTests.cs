using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DevKit.DpsEmulator.Tests.Host;

/// <summary>What a listener knows of a client's certificates.</summary>
[TestClass]
public sealed class TlsListenerTests
{
    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task A_chain_is_taken_from_the_handshake_as_it_was_sent(SslProtocols protocol)
    {
        using var chain = DeviceChain.Create("my-devkit");
        var sent = SslStreamCertificateContext.Create(chain.Leaf, [chain.Intermediate, chain.Root], offline: true);

        ClientCertificates certificates = (await HandshakeAsync(protocol, sent))!;

        CollectionAssert.AreEqual(chain.Leaf.RawData, certificates.Leaf);
        CollectionAssert.AreEqual(chain.Intermediate.RawData, certificates.Others[0]);
        CollectionAssert.AreEqual(
            sent.IntermediateCertificates.Select(other => other.Thumbprint).ToArray(),
            certificates.Others.Select(other => X509CertificateLoader.LoadCertificate(other).Thumbprint).ToArray());
    }

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task A_leaf_alone_is_taken_alone(SslProtocols protocol)
    {
        using var chain = DeviceChain.Create("my-devkit");

        ClientCertificates certificates = (await HandshakeAsync(protocol, SslStreamCertificateContext.Create(chain.Leaf, null, true)))!;

        CollectionAssert.AreEqual(chain.Leaf.RawData, certificates.Leaf);
        Assert.IsEmpty(certificates.Others);
    }

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task A_client_without_a_certificate_is_served(SslProtocols protocol) =>
        Assert.IsNull(await HandshakeAsync(protocol, null));

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task A_client_that_comes_again_shows_its_chain_again(SslProtocols protocol)
    {
        using var chain = DeviceChain.Create("my-devkit");
        await using Listener listener = await Listener.StartAsync();
        var sent = SslStreamCertificateContext.Create(chain.Leaf, [chain.Intermediate], offline: true);

        await listener.HandshakeAsync(protocol, sent);
        ClientCertificates second = (await listener.HandshakeAsync(protocol, sent))!;

        CollectionAssert.AreEqual(chain.Leaf.RawData, second.Leaf);
        CollectionAssert.AreEqual(chain.Intermediate.RawData, second.Others.Single());
    }

    /// <summary>What a new listener makes of one client's certificates.</summary>
    private static async Task<ClientCertificates?> HandshakeAsync(SslProtocols protocol, SslStreamCertificateContext? sent)
    {
        await using Listener listener = await Listener.StartAsync();
        return await listener.HandshakeAsync(protocol, sent);
    }

    private sealed class Listener : IAsyncDisposable
    {
        private readonly DeviceCertificate _server = DeviceCertificate.Create("localhost");
        private readonly Channel<ClientCertificates?> _seen = Channel.CreateUnbounded<ClientCertificates?>();
        private WebApplication? _application;
        private IPEndPoint _endPoint = new(IPAddress.None, 0);

        public async ValueTask DisposeAsync()
        {
            await _application!.DisposeAsync();
            _server.Dispose();
        }

        internal static async Task<Listener> StartAsync()
        {
            var listener = new Listener();
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.Services.AddSingleton(new EventLog(null, new ChangeFeed(), TimeProvider.System));
            ListenOptions? options = null;
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen => (options = new TlsListener(listener._server.Certificate).Serve(listen)).Run(listener.AnswerAsync)));
            listener._application = builder.Build();
            await listener._application.StartAsync();
            listener._endPoint = options!.IPEndPoint!;
            return listener;
        }

        /// <summary>What the listener makes of a client's certificates.</summary>
        internal async Task<ClientCertificates?> HandshakeAsync(SslProtocols protocol, SslStreamCertificateContext? sent)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(_endPoint);
            await using var stream = new SslStream(socket.GetStream());
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = protocol,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Equals(_server.Certificate),
                ClientCertificateContext = sent,
            });

            // With TLS 1.3 the client has a session to resume when it reads.
            Assert.AreEqual(1, await stream.ReadAsync(new byte[1]));
            return await _seen.Reader.ReadAsync();
        }

        private async Task AnswerAsync(ConnectionContext connection)
        {
            await connection.Transport.Output.WriteAsync(new byte[1]);
            await _seen.Writer.WriteAsync(connection.Features.Get<ClientCertificates>());
        }
    }
}
