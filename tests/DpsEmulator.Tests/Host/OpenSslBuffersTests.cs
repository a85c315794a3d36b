using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Host;

/// <summary>Whether this .NET, over OpenSSL 3, still lets its connections give their buffers back.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class OpenSslBuffersTests
{
    [TestMethod]
    public async Task A_connection_gives_its_buffers_back_and_works_on()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create("localhost");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = new TcpClient();
        await socket.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using TcpClient accepted = await listener.AcceptTcpClientAsync();
        await using var client = new SslStream(
            socket.GetStream(), false, (_, shown, _, _) => shown!.Equals(certificate.Certificate));
        await using var server = new SslStream(accepted.GetStream());
        Assert.IsFalse(OpenSslBuffers.TryRelease(server), "it has no handshake yet");
        await Task.WhenAll(
            client.AuthenticateAsClientAsync("localhost"), server.AuthenticateAsServerAsync(certificate.Certificate));

        Assert.IsTrue(OpenSslBuffers.TryRelease(server));
        byte[] buffer = new byte[1];
        for (byte i = 0; i < 3; i++)
        {
            await client.WriteAsync(new[] { i });
            await server.ReadExactlyAsync(buffer);
            await server.WriteAsync(buffer);
            await client.ReadExactlyAsync(buffer);
            Assert.AreEqual(i, buffer[0]);
        }
    }
}
