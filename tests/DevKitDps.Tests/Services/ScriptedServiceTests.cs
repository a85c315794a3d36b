using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Dps.Tests.Support;
using DevKit.Support.Servers;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace DevKit.Dps.Tests.Services;

/// <summary>The scripted services, as somebody else's client sees them: what they are made to do does arrive.</summary>
[TestClass]
public sealed class ScriptedServiceTests : IDisposable
{
    private readonly ScriptedService _service = new("service.example");

    public void Dispose() => _service.Dispose();

    [TestMethod]
    public async Task The_whole_chain_that_a_client_sends_is_kept()
    {
        DiceCredential identity = ApplicationRig.MakeIdentity("image");
        byte[] owners = OwnerCa.Sign(identity);
        using X509Certificate2 alias = X509Certificate2.CreateFromPem(
            Pem.Encode("CERTIFICATE", identity.AliasCertificate), Pem.Encode("EC PRIVATE KEY", identity.AliasPrivateKey));
        using PeerClient peer = new(_service)
        {
            Certificate = SslStreamCertificateContext.Create(alias, [X509CertificateLoader.LoadCertificate(owners)], offline: true),
        };
        using ServiceConnection connection = await AcceptAsync(peer);
        CollectionAssert.AreEqual(
            new[] { Convert.ToHexString(identity.AliasCertificate), Convert.ToHexString(owners) },
            connection.ClientChain.Select(certificate => Convert.ToHexString(certificate.RawData)).ToArray());
    }

    [TestMethod]
    public async Task A_client_without_a_certificate_is_let_in()
    {
        using PeerClient peer = new(_service);
        using ServiceConnection connection = await AcceptAsync(peer);
        Assert.IsEmpty(connection.ClientChain);
    }

    [TestMethod]
    [DataRow("another name", true, X509ChainStatusFlags.NoError)]
    [DataRow("another CA", false, X509ChainStatusFlags.PartialChain)]
    [DataRow("expired", false, X509ChainStatusFlags.NotTimeValid)]
    public async Task A_wrong_certificate_is_wrong_in_this_alone(string what, bool isNameWrong, X509ChainStatusFlags problems)
    {
        _service.Certificate = what switch
        {
            "another name" => ScriptedService.OfAnotherName,
            "another CA" => _service.OfAnotherAuthority,
            _ => _service.Expired,
        };
        using PeerClient peer = new(_service);
        Task<Stream> connecting = peer.OpenAsync();
        using ServiceConnection connection = await _service.AcceptAsync();
        await Assert.ThrowsExactlyAsync<AuthenticationException>(() => connecting);
        Assert.AreEqual(isNameWrong, peer.IsNameWrong);
        Assert.AreEqual(problems, peer.Problems);
    }

    [TestMethod]
    public async Task A_refusal_arrives_with_its_code()
    {
        using PeerClient peer = new(_service);
        Task<MqttClientConnectResult> connecting = peer.ConnectAsync();
        using ServiceConnection connection = await _service.AcceptAsync();
        Assert.AreEqual("user", (await connection.GreetAsync(MqttConnectReturnCode.ConnectionRefusedNotAuthorized)).Username);
        Assert.AreEqual(MqttClientConnectResultCode.NotAuthorized, (await connecting).ResultCode);
    }

    [TestMethod]
    [DataRow(MqttSubscribeReasonCode.GrantedQoS1)]
    [DataRow(MqttSubscribeReasonCode.UnspecifiedError)]
    public async Task A_subscription_is_granted_or_refused(MqttSubscribeReasonCode code)
    {
        using PeerClient peer = new(_service);
        using ServiceConnection connection = await OpenAsync(peer);
        Task<MqttClientSubscribeResult> subscribing = peer.Client.SubscribeAsync("a/#", MqttQualityOfServiceLevel.AtLeastOnce);
        CollectionAssert.AreEqual(new[] { "a/#" }, await connection.GrantAsync(code));
        Assert.AreEqual((int)code, (int)(await subscribing).Items.Single().ResultCode);
    }

    [TestMethod]
    public async Task A_packet_is_taken_out_of_turn_and_the_others_keep_theirs()
    {
        using PeerClient peer = new(_service);
        using ServiceConnection connection = await OpenAsync(peer);
        foreach (string topic in new[] { "a", "b", "c" })
        {
            await peer.Client.PublishStringAsync(topic, topic, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        Assert.AreEqual("b", (await connection.ReceiveAsync<MqttPublishPacket>(packet => packet.Topic == "b")).Topic);
        Assert.AreEqual("a", (await connection.ReceiveAsync<MqttPublishPacket>()).Topic);
        Assert.AreEqual("c", (await connection.ReceiveAsync<MqttPublishPacket>()).Topic);
    }

    [TestMethod]
    public async Task What_is_not_to_be_acknowledged_is_not()
    {
        using PeerClient peer = new(_service);
        using ServiceConnection connection = await OpenAsync(peer);
        connection.IsAcknowledging = false;
        Task<MqttClientPublishResult> publishing = peer.Client.PublishStringAsync("a", "", MqttQualityOfServiceLevel.AtLeastOnce);
        MqttPublishPacket packet = await connection.ReceiveAsync<MqttPublishPacket>();

        // A PUBACK would have come before what is sent now.
        TaskCompletionSource heard = new();
        peer.Client.ApplicationMessageReceivedAsync += _ =>
        {
            heard.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.SendAsync("b", "");
        await heard.Task.WaitAsync(ScriptedServer.Patience);
        Assert.IsFalse(publishing.IsCompleted);
        await connection.SendAsync(new MqttPubAckPacket { PacketIdentifier = packet.PacketIdentifier });
        Assert.IsTrue((await publishing).IsSuccess);
    }

    [TestMethod]
    public async Task A_reset_is_one()
    {
        using PeerClient peer = new(_service);
        Task<Stream> opening = peer.OpenAsync();
        using ServiceConnection connection = await _service.AcceptAsync();
        Stream stream = await opening;
        connection.Reset();
        IOException broken = await Assert.ThrowsExactlyAsync<IOException>(() => stream.ReadExactlyAsync(new byte[1]).AsTask());
        Assert.AreEqual(SocketError.ConnectionReset, ((SocketException)broken.InnerException!).SocketErrorCode);
    }

    [TestMethod]
    public async Task Half_a_packet_and_the_end_is_what_it_is()
    {
        using PeerClient peer = new(_service);
        Task<Stream> opening = peer.OpenAsync();
        using ServiceConnection connection = await _service.AcceptAsync();
        using Stream stream = await opening;
        await connection.SendBytesAsync(0x20, 0x02, 0x00);
        connection.Dispose();
        byte[] read = new byte[4];
        Assert.AreEqual(3, await stream.ReadAtLeastAsync(read, 4, throwOnEndOfStream: false));
        CollectionAssert.AreEqual(new byte[] { 0x20, 0x02, 0x00, 0 }, read);
    }

    [TestMethod]
    public async Task The_end_of_a_client_is_seen()
    {
        using PeerClient peer = new(_service);
        using ServiceConnection connection = await OpenAsync(peer);
        await peer.Client.DisconnectAsync();
        await connection.ExpectEndAsync();
    }

    private async Task<ServiceConnection> AcceptAsync(PeerClient peer)
    {
        Task<Stream> opening = peer.OpenAsync();
        ServiceConnection connection = await _service.AcceptAsync();
        await opening;
        return connection;
    }

    private async Task<ServiceConnection> OpenAsync(PeerClient peer)
    {
        Task<MqttClientConnectResult> connecting = peer.ConnectAsync();
        ServiceConnection connection = await _service.AcceptAsync();
        await connection.GreetAsync();
        Assert.AreEqual(MqttClientConnectResultCode.Success, (await connecting).ResultCode);
        return connection;
    }
}
