using System.Net;
using System.Net.Sockets;
using System.Text;
using DevKit.Mqtt.Tests.Peers;
using DevKit.Support.Peers;

namespace DevKit.Mqtt.Tests;

/// <summary>Mosquitto's clients at a server that is no more than our codec: they read our packets, and we theirs.</summary>
[TestClass]
public sealed class MosquittoClientTests
{
    private const MqttQualityOfService Qos1 = MqttQualityOfService.AtLeastOnce;
    private const MqttQualityOfService Qos2 = MqttQualityOfService.ExactlyOnce;

    [TestMethod]
    public async Task Mosquitto_pub_says_what_its_options_say()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        Task<string> client = Start(
            server,
            "mosquitto_pub",
            [
                "-i", "é", "-c", "-k", "1177", "-u", "user", "-P", "p\u00E4ss", "-t", "a/b", "-m", "hi", "-q", "2", "-r",
                "--will-topic", "w", "--will-payload", "bye", "--will-qos", "1", "--will-retain",
            ]);
        using MqttConnection peer = await AcceptAsync(server);

        await ExpectAsync(peer, new ConnectPacket
        {
            ClientId = "é",
            CleanSession = false,
            KeepAliveSeconds = 1177,
            Will = new MqttWill
            {
                Topic = "w",
                Message = "bye"u8.ToArray(),
                QualityOfService = Qos1,
                Retain = true,
            },
            UserName = "user",
            Password = Encoding.UTF8.GetBytes("p\u00E4ss"),
        });
        await peer.SendAsync(new ConnackPacket { SessionPresent = true });
        await ExpectAsync(peer, new PublishPacket
        {
            Topic = "a/b",
            Payload = "hi"u8.ToArray(),
            QualityOfService = Qos2,
            Retain = true,
            PacketId = 1,
        });
        await peer.SendAsync(new PubrecPacket { PacketId = 1 });
        await ExpectAsync(peer, new PubrelPacket { PacketId = 1 });
        await peer.SendAsync(new PubcompPacket { PacketId = 1 });
        await ExpectAsync(peer, new DisconnectPacket());
        Assert.IsNull(await peer.ReceiveAsync());
        await client;
    }

    [TestMethod]
    public async Task Mosquitto_sub_prints_what_it_is_sent()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        PublishPacket[] messages =
        [
            new() { Topic = "a/\U0001F600", Payload = new byte[] { 0, 0xFF } },
            new() { Topic = "a/b", Payload = new byte[130], QualityOfService = Qos1, PacketId = 0xFFFF, Retain = true },
            new() { Topic = "a/c", QualityOfService = Qos2, PacketId = 256, Duplicate = true },
            new() { Topic = "a/d", Payload = new byte[20_000] },
        ];
        Task<string> client = Start(
            server,
            "mosquitto_sub",
            ["-i", "s", "-t", "a/+", "-t", "b/#", "-U", "c", "-q", "2", "-C", "4", .. MosquittoLines.Format]);
        using MqttConnection peer = await AcceptAsync(server);

        await ExpectAsync(peer, new ConnectPacket { ClientId = "s", KeepAliveSeconds = 60 });
        await peer.SendAsync(new ConnackPacket());
        await ExpectAsync(peer, new SubscribePacket
        {
            PacketId = 1,
            Subscriptions = [new("a/+", Qos2), new("b/#", Qos2)],
        });
        await ExpectAsync(peer, new UnsubscribePacket { PacketId = 2, Filters = ["c"] });
        await peer.SendAsync(new SubackPacket
        {
            PacketId = 1,
            ReturnCodes = [MqttSubscribeReturnCode.GrantedExactlyOnce, MqttSubscribeReturnCode.GrantedAtMostOnce],
        });
        await peer.SendAsync(new UnsubackPacket { PacketId = 2 });
        foreach (PublishPacket message in messages)
        {
            await peer.PublishAsync(message);
        }

        await ExpectAsync(peer, new DisconnectPacket());
        Assert.IsNull(await peer.ReceiveAsync());
        CollectionAssert.AreEqual(messages.Select(MosquittoLines.Line).ToArray(), (await client).TrimEnd('\n').Split('\n'));
    }

    private static Task<string> Start(TcpListener server, string program, string[] options)
    {
        string path = MosquittoClients.Require(program);
        server.Start();
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        return Programs.RunAsync(path, [], [.. MosquittoClients.Address(port), .. options]);
    }

    private static async Task<MqttConnection> AcceptAsync(TcpListener server)
    {
        using var limit = new CancellationTokenSource(Programs.Patience);
        return new MqttConnection(await server.AcceptTcpClientAsync(limit.Token));
    }

    private static async Task ExpectAsync(MqttConnection peer, MqttPacket expected) =>
        Assert.AreEqual(PacketText.Describe(expected), PacketText.Describe((await peer.ReceiveAsync())!));
}
