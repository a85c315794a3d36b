using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Support.Servers;

namespace DevKit.Dps.Tests.Services;

/// <summary>A service of a host name, of which a test plays each connection.</summary>
internal sealed class ScriptedService : IDisposable
{
    /// <summary>The CA of the services: the one that the board's store has.</summary>
    internal static readonly X509Certificate2 Authority = Certificates.Authority("CA of the services");

    // One for all of them: it takes long to make.
    private static readonly RSAParameters Key = RSA.Create(2048).ExportParameters(true);

    private static readonly X509Certificate2 Stranger = Certificates.Authority("CA of somebody else");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    internal ScriptedService(string host)
    {
        Host = host;
        Certificate = Make(Authority, host, DateTimeOffset.UtcNow.AddDays(1));
        _listener.Start();
    }

    /// <summary>The name.</summary>
    internal string Host { get; }

    /// <summary>What it shows in the handshake.</summary>
    internal X509Certificate2 Certificate { get; set; }

    /// <summary>A certificate that does not name this host.</summary>
    internal static X509Certificate2 OfAnotherName => Make(Authority, "another.example", DateTimeOffset.UtcNow.AddDays(1));

    /// <summary>A certificate of a CA that the board does not know.</summary>
    internal X509Certificate2 OfAnotherAuthority => Make(Stranger, Host, DateTimeOffset.UtcNow.AddDays(1));

    /// <summary>A certificate whose time is over.</summary>
    internal X509Certificate2 Expired => Make(Authority, Host, DateTimeOffset.UtcNow.AddDays(-1));

    /// <summary>The board's side of a new connection.</summary>
    internal Stream Connect()
    {
        TcpClient client = new();
        client.Connect((IPEndPoint)_listener.LocalEndpoint);
        return client.GetStream();
    }

    /// <summary>Accepts the next connection, without a word.</summary>
    internal async Task<Socket> AcceptSocketAsync()
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        return await _listener.AcceptSocketAsync(limit.Token);
    }

    /// <summary>Accepts the next connection and makes the handshake.</summary>
    internal async Task<ServiceConnection> AcceptAsync()
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        return await ServiceConnection.AcceptAsync(await AcceptSocketAsync(), Certificate, limit.Token);
    }

    /// <summary>Accepts the next connection, for a device that will not go on with it: how far TLS comes is not certain.</summary>
    internal async Task AcceptInVainAsync()
    {
        try
        {
            using ServiceConnection connection = await AcceptAsync();
            await connection.ExpectEndAsync();
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // The device was quicker.
        }
    }

    public void Dispose() => _listener.Dispose();

    private static X509Certificate2 Make(X509Certificate2 authority, string name, DateTimeOffset notAfter) =>
        Certificates.Server(authority, RSA.Create(Key), name, notAfter);
}
