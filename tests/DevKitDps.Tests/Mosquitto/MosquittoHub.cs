using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Support.Machines;
using DevKit.Support.Peers;
using DevKit.Support.Servers;
using MachineHost = NanoStandIns.MachineHost;

namespace DevKit.Dps.Tests.Mosquitto;

/// <summary>
/// A Mosquitto broker in the place of a hub, and a board whose network leads there. A device's name is the common name of its certificate,
/// which OpenSSL has verified against the CA of the devices; with it goes what the device may send and read.
/// </summary>
internal sealed class MosquittoHub : IDisposable
{
    internal const string Host = "hub.example";

    private static readonly X509Certificate2 Authority = Certificates.Authority("CA of the hub");
    private readonly DirectoryInfo _folder;
    private readonly MosquittoBroker _broker;

    private MosquittoHub(DirectoryInfo folder, MosquittoBroker broker)
    {
        (_folder, _broker) = (folder, broker);
        Machine = new TestMachine { CaStore = Authority.ExportCertificatePem(), OpenConnection = (_, _) => Connect() };
        MachineHost.Current = Machine.Assemble();
    }

    /// <summary>The board; its store has the CA of the hub.</summary>
    internal TestMachine Machine { get; }

    /// <summary>Starts the broker.</summary>
    /// <param name="devices">The CA that the chain of a device has to end in.</param>
    /// <param name="name">The name in the server's certificate.</param>
    internal static async Task<MosquittoHub> StartAsync(X509Certificate2 devices, string name = Host)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-mosquitto-");
        string Write(string file, string content)
        {
            string path = Path.Combine(folder.FullName, file);
            File.WriteAllText(path, content);
            return path;
        }

        using X509Certificate2 server = Certificates.Server(Authority, RSA.Create(2048), name, DateTimeOffset.UtcNow.AddDays(1));
        using RSA key = server.GetRSAPrivateKey()!;
        return new MosquittoHub(folder, await MosquittoBroker.StartAsync(
            "cafile " + Write("devices.pem", devices.ExportCertificatePem()),
            "certfile " + Write("server.pem", server.ExportCertificatePem()),
            "keyfile " + Write("server.key", key.ExportPkcs8PrivateKeyPem()),
            "tls_version tlsv1.2",
            "require_certificate true",
            "use_identity_as_username true",
            "acl_file " + Write("acl", Permissions)));
    }

    /// <summary>Connects the side of the cloud, which is everybody's counterpart.</summary>
    internal Task<HubService> ConnectServiceAsync() => HubService.ConnectAsync(_broker.Port);

    /// <summary>Waits for a line of the broker's log; null when the broker ends instead.</summary>
    internal Task<string?> FindLogAsync(string text) => _broker.FindLogAsync(text);

    /// <summary>Kills the broker.</summary>
    internal void Kill() => _broker.Kill();

    public void Dispose()
    {
        Machine.Dispose();
        _broker.Dispose();
        _folder.Delete(recursive: true);
    }

    // Nameless clients are the cloud. A device has its own topics, and those that a hub keeps apart by connection.
    private static string Permissions => """
        topic readwrite #
        topic readwrite $iothub/#
        pattern write devices/%u/messages/events/#
        pattern read devices/%u/messages/devicebound/#
        pattern readwrite $iothub/#
        """;

    private NetworkStream Connect()
    {
        TcpClient client = new();
        client.Connect(IPAddress.Loopback, _broker.TlsPort);
        return client.GetStream();
    }
}
