using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using DevKit.Azure;
using DevKit.Azure.Time;
using DevKit.Dps.Time;
using DevKit.Mqtt;
using DevKit.Support.Machines;
using DevKit.Support.Servers;
using NanoStandIns;
using DotNet = System.Security.Cryptography.X509Certificates;

namespace DevKit.Dps.Tests.Support;

/// <summary>A service over TLS of which the test writes and reads each packet, and a board whose network leads there.</summary>
internal sealed class ScriptedCloud : IDisposable
{
    internal const string Host = "cloud.example";
    internal const string Id = "my-devkit";

    private static readonly DotNet.X509Certificate2 AuthorityCertificate = Certificates.Authority("CA of a private cloud");
    private static readonly DotNet.X509Certificate2 ServerCertificate =
        Certificates.Server(AuthorityCertificate, RSA.Create(2048), Host, DateTimeOffset.UtcNow.AddDays(1));

    internal ScriptedCloud()
    {
        Machine = new TestMachine
        {
            CaStore = AuthorityCertificate.ExportCertificatePem(),
            OpenConnection = (_, _) => Connection = Connect(),
        };
        MachineHost.Current = Machine.Assemble();
    }

    /// <summary>The board; its display is for the application to attach.</summary>
    internal TestMachine Machine { get; }

    internal ScriptedServer Server { get; } = new(ServerCertificate);

    /// <summary>The board's side of the last connection, below TLS.</summary>
    internal RecordingStream? Connection { get; private set; }

    /// <summary>A shared key.</summary>
    internal static CloudCredential Key { get; } = CloudCredential.FromSharedKey("AAAA", Host + "/devices/" + Id, null);

    public void Dispose()
    {
        Server.Dispose();
        Machine.Dispose();
    }

    /// <summary>The device connects, and the service answers its CONNECT.</summary>
    internal async Task<CloudConnection> OpenAsync(MqttConnectReturnCode answer = MqttConnectReturnCode.Accepted, bool thenClose = false)
    {
        Task<CloudConnection> opening =
            Task.Run(
                () => CloudConnection.Open(CloudService.DeviceProvisioning, Host, Id, "scope/registrations/" + Id, Key, new BoardClock()));
        await Server.AcceptAsync(answer);
        if (thenClose)
        {
            Server.CloseConnection();
        }

        return await opening;
    }

    /// <summary>Grants the subscription that comes next.</summary>
    internal async Task GrantAsync()
    {
        SubscribePacket asked = await Server.ReceiveAsync<SubscribePacket>();
        await Server.SendAsync(new SubackPacket
        {
            PacketId = asked.PacketId,
            ReturnCodes = [.. asked.Subscriptions.Select(_ => MqttSubscribeReturnCode.GrantedAtLeastOnce)],
        });
    }

    /// <summary>Acknowledges the message that comes next.</summary>
    internal async Task<PublishPacket> AcknowledgeAsync()
    {
        PublishPacket message = await Server.ReceiveAsync<PublishPacket>();
        await Server.SendAsync(new PubackPacket { PacketId = message.PacketId });
        return message;
    }

    /// <summary>Acknowledges the device's next request to the provisioning service, and answers it.</summary>
    internal async Task<PublishPacket> AnswerAsync(string status, string query, string json)
    {
        PublishPacket request = await AcknowledgeAsync();
        string requestId = request.Topic[(request.Topic.IndexOf("$rid=", StringComparison.Ordinal) + 5)..].Split('&')[0];
        await Server.SendAsync(new PublishPacket
        {
            Topic = $"$dps/registrations/res/{status}/?$rid={requestId}{query}",
            Payload = Encoding.UTF8.GetBytes(json),
        });
        return request;
    }

    /// <summary>What the device does fails for this reason.</summary>
    internal static async Task<CloudException> AssertFailsAsync(CloudReason reason, Task doing)
    {
        CloudException failure = await Assert.ThrowsExactlyAsync<CloudException>(() => doing);
        Assert.AreEqual(reason, failure.Reason);
        return failure;
    }

    private RecordingStream Connect()
    {
        TcpClient client = new();
        client.Connect(IPAddress.Loopback, Server.Port);
        return new RecordingStream(client.GetStream());
    }
}
