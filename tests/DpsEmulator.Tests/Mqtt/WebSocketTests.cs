using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Mqtt;

/// <summary>MQTT over WebSockets, on the HTTPS port.</summary>
[TestClass]
public sealed class WebSocketTests
{
    private const string Path = "/$iothub/websocket";

    [TestMethod]
    [DataRow(Path, "mqtt")]
    [DataRow(Path, "MQTT", DisplayName = "the C SDK's spelling")]
    [DataRow("/", "mqtt", DisplayName = "the .NET SDK's path to DPS")]
    public async Task A_device_registers_by_its_certificate(string path, string subProtocol)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        using ClientWebSocket socket = await OpenAsync(cloud, certificate, path, subProtocol);
        await using TestDevice device = MakeDevice(cloud, socket);

        Assert.AreEqual("assigned", (string?)(await device.RegisterAsync(Id)).Body["status"], cloud.Log);
        Assert.AreEqual(subProtocol, socket.SubProtocol);
    }

    [TestMethod]
    public async Task A_device_connects_by_a_token_and_without_a_certificate()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.AddDeviceAsync(Id, Sas.Key);
        using ClientWebSocket socket = await OpenAsync(cloud, null, Path + "?iothub-no-client-cert=true");
        await using TestDevice device = MakeDevice(cloud, socket);

        Assert.AreEqual(
            MqttConnectReturnCode.Accepted, await device.ConnectHubAsync(Id, Sas.Create($"{cloud.Host.HubName}/devices/{Id}", Sas.Key)),
            cloud.Log);
        await device.PublishAsync(EventsTopic, "hello");
        Assert.AreEqual("hello", await cloud.GetLatestTextAsync(Id));
    }

    [TestMethod]
    public async Task Packets_need_not_begin_or_end_where_messages_do()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        using ClientWebSocket socket = await OpenAsync(cloud, certificate);
        byte[] ping = [0xC0, 0];
        byte[] bytes = [.. Connect(), .. ping, .. ping];
        foreach (byte one in bytes[..^3])
        {
            await SendAsync(socket, one);
        }

        await SendAsync(socket, bytes[^3..]);
        await using TestDevice device = MakeDevice(cloud, socket);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, (await device.ReceiveAsync<ConnackPacket>()).ReturnCode);
        await device.ReceiveAsync<PingrespPacket>();
        await device.ReceiveAsync<PingrespPacket>();
    }

    [TestMethod]
    public async Task A_text_message_closes_the_connection()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        using ClientWebSocket socket = await OpenAsync(cloud, certificate);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);

        WebSocketReceiveResult end = await socket.ReceiveAsync(new byte[16], CancellationToken.None);
        Assert.AreEqual(WebSocketCloseStatus.InvalidMessageType, end.CloseStatus);
        StringAssert.Contains(cloud.Log, "MQTT-6.0.0-1");
    }

    [TestMethod]
    public async Task A_refused_device_sees_CONNACK_and_an_orderly_close()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using ClientWebSocket socket = await OpenAsync(cloud, null);
        await SendAsync(socket, Connect());

        byte[] received = new byte[16];
        WebSocketReceiveResult connack = await socket.ReceiveAsync(received, CancellationToken.None);
        CollectionAssert.AreEqual(new byte[] { 0x20, 2, 0, 5 }, received[..connack.Count]);
        WebSocketReceiveResult end = await socket.ReceiveAsync(received, CancellationToken.None);
        Assert.AreEqual(WebSocketCloseStatus.NormalClosure, end.CloseStatus);
    }

    [TestMethod]
    public async Task A_WebSocket_that_the_client_closes_ends_the_connection()
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        using ClientWebSocket socket = await OpenAsync(cloud, certificate);
        await SendAsync(socket, Connect());
        await socket.ReceiveAsync(new byte[16], CancellationToken.None);

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        StringAssert.Contains(cloud.Log, $"Hub: {Id} closed its connection without DISCONNECT");
    }

    [TestMethod]
    [DataRow("other")]
    [DataRow(null)]
    public async Task A_WebSocket_without_the_subprotocol_is_refused(string? subProtocol)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using HttpResponseMessage response = await GetAsync(cloud, Path, upgrade: true, subProtocol);
        Assert.AreEqual(HttpStatusCode.BadRequest, response.StatusCode);
        StringAssert.Contains(await response.Content.ReadAsStringAsync(), "Sec-WebSocket-Protocol: mqtt");
    }

    [TestMethod]
    [DataRow(Path, HttpStatusCode.BadRequest, "for WebSockets")]
    [DataRow("/", HttpStatusCode.Unauthorized, "no Authorization")]
    public async Task What_is_no_WebSocket_is_refused(string path, HttpStatusCode status, string reason)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using HttpResponseMessage response = await GetAsync(cloud, path, upgrade: false, null);
        Assert.AreEqual(status, response.StatusCode);
        StringAssert.Contains(await response.Content.ReadAsStringAsync(), reason);
    }

    private static byte[] Connect()
    {
        byte[] body = [0, 4, .. "MQTT"u8, 4, 0x82, 0, 0, .. Text(Id), .. Text(UserName)];
        return [0x10, (byte)body.Length, .. body];
    }

    private static byte[] Text(string text) => [0, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static Task SendAsync(ClientWebSocket socket, params byte[] bytes) =>
        socket.SendAsync(bytes, WebSocketMessageType.Binary, true, CancellationToken.None);

    private static TestDevice MakeDevice(Cloud cloud, ClientWebSocket socket) =>
        new(cloud, WebSocketStream.Create(socket, WebSocketMessageType.Binary));

    private static async Task<ClientWebSocket> OpenAsync(
        Cloud cloud, DeviceCertificate? certificate, string path = Path, string subProtocol = "mqtt")
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = cloud.CreateTrust();
        handler.SslOptions.ClientCertificates = certificate is null ? [] : [certificate.Certificate];
        using var http = new HttpMessageInvoker(handler, disposeHandler: false);
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(subProtocol);
        await socket.ConnectAsync(new Uri($"wss://{cloud.Host.HttpsEndPoint}{path}"), http, CancellationToken.None);
        return socket;
    }

    private static async Task<HttpResponseMessage> GetAsync(Cloud cloud, string path, bool upgrade, string? subProtocol)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = cloud.CreateTrust();
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://{cloud.Host.HttpsEndPoint}{path}"));
        if (upgrade)
        {
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
            request.Headers.Add("Sec-WebSocket-Version", "13");
            request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16]));
        }

        if (subProtocol is not null)
        {
            request.Headers.Add("Sec-WebSocket-Protocol", subProtocol);
        }

        return await http.SendAsync(request);
    }
}
