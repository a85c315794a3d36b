using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.DpsEmulator.Host;
using DevKit.Support.Servers;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using DotNet = System.Security.Cryptography.X509Certificates;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>
/// The client's TLS: whom it trusts, and how it shows its certificate; against the emulator and against servers that are not to be
/// trusted.
/// </summary>
[TestClass]
public sealed class TlsTests
{
    private const string Id = "az-c89346854138v1v4v1";
    private const int CertificateRefused = -0x2700;
    private const string Answers = "$dps/registrations/res/#";

    private static string _folder = "";
    private static EmulatorHost _cloud = null!;

    private readonly LocalNetwork _network = new();

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        _folder = Directory.CreateTempSubdirectory("stand-ins-").FullName;
        _cloud = await EmulatorHost.StartAsync(
            new EmulatorOptions
            {
                DataFolder = _folder,
                Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
                Https = new IPEndPoint(IPAddress.Loopback, 0),
                Http = new IPEndPoint(IPAddress.Loopback, 0),
                AssignDelay = TimeSpan.Zero,
            },
            context.CancellationToken);
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestInitialize]
    public void Install() => _network.Install();

    [TestMethod]
    [DataRow(MqttSslProtocols.TLSv1_2)]
    [DataRow(MqttSslProtocols.TLSv1_3)]
    [DataRow(MqttSslProtocols.None)]
    public void A_server_of_the_programs_CA_is_trusted(MqttSslProtocols protocol)
    {
        using DotNet.X509Certificate2 identity = Certificates.Device(Id);
        using MqttClient client = Client(new X509Certificate2(_cloud.CaCertificatePem), Shown(identity), protocol: protocol);
        Assert.AreEqual(MqttReasonCode.Success, ConnectDps(client));
    }

    [TestMethod]
    public void The_programs_CA_certificates_may_be_several_in_one_PEM()
    {
        using DotNet.X509Certificate2 other = Certificates.Authority("another");
        using DotNet.X509Certificate2 identity = Certificates.Device(Id);
        var anchors = new X509Certificate2(other.ExportCertificatePem() + "\n" + _cloud.CaCertificatePem);
        using MqttClient client = Client(anchors, Shown(identity));
        Assert.AreEqual(MqttReasonCode.Success, ConnectDps(client));
    }

    [TestMethod]
    public void The_programs_CA_certificate_may_be_DER()
    {
        using var ca = DotNet.X509Certificate2.CreateFromPem(_cloud.CaCertificatePem);
        using DotNet.X509Certificate2 identity = Certificates.Device(Id);
        using MqttClient client = Client(new X509Certificate(ca.RawData), Shown(identity));
        Assert.AreEqual(MqttReasonCode.Success, ConnectDps(client));
    }

    [TestMethod]
    public void A_server_of_the_devices_CA_store_is_trusted_beside_the_programs()
    {
        using DotNet.X509Certificate2 other = Certificates.Authority("another");
        using DotNet.X509Certificate2 identity = Certificates.Device(Id);
        _network.CaStore = _cloud.CaCertificatePem;
        using MqttClient client = Client(new X509Certificate(other.RawData), Shown(identity));
        Assert.AreEqual(MqttReasonCode.Success, ConnectDps(client));
    }

    [TestMethod]
    public void A_server_of_another_CA_is_not_trusted()
    {
        using DotNet.X509Certificate2 other = Certificates.Authority("another");
        using MqttClient client = Client(new X509Certificate(other.RawData), null);
        Refused(client, "is not trusted");
    }

    [TestMethod]
    public void Without_any_CA_no_server_is_trusted()
    {
        using MqttClient client = Client(null, null);
        Refused(client, "is not trusted");
    }

    [TestMethod]
    public void A_server_of_another_name_is_not_trusted()
    {
        using MqttClient client = Client(new X509Certificate2(_cloud.CaCertificatePem), null, host: "another.example");
        Refused(client, "does not name another.example");
    }

    [TestMethod]
    public async Task A_certificate_that_has_expired_is_not_trusted()
    {
        using DotNet.X509Certificate2 ca = Certificates.Authority("ca");
        using DotNet.X509Certificate2 expired =
            Certificates.Server(ca, RSA.Create(2048), "host", DateTimeOffset.UtcNow.AddDays(-1));
        await RefusedAsync(ca, expired, "NotTimeValid");
    }

    [TestMethod]
    public async Task A_certificate_of_a_client_does_not_serve_a_server()
    {
        using DotNet.X509Certificate2 ca = Certificates.Authority("ca");
        using DotNet.X509Certificate2 clients =
            Certificates.Server(ca, RSA.Create(2048), "host", DateTimeOffset.UtcNow.AddDays(1), "1.3.6.1.5.5.7.3.2");
        await RefusedAsync(ca, clients, "NotValidForUsage");
    }

    [TestMethod]
    public async Task An_elliptic_server_is_refused_as_the_devices_TLS_1_2_refuses_it()
    {
        using DotNet.X509Certificate2 ca = Certificates.Authority("ca");
        using DotNet.X509Certificate2 elliptic =
            Certificates.Server(ca, ECDsa.Create(ECCurve.NamedCurves.nistP256), "host", DateTimeOffset.UtcNow.AddDays(1));
        await RefusedAsync(ca, elliptic, "no RSA key", code: -0x7780);
    }

    [TestMethod]
    [DataRow(MqttSslProtocols.SSLv3)]
    [DataRow(MqttSslProtocols.TLSv1_0)]
    [DataRow(MqttSslProtocols.TLSv1_1)]
    public void Old_protocols_are_not_spoken(MqttSslProtocols protocol)
    {
        using MqttClient client = Client(new X509Certificate2(_cloud.CaCertificatePem), null, protocol: protocol);
        MqttConnectionException error = Assert.ThrowsExactly<MqttConnectionException>(() => ConnectDps(client));
        Assert.IsInstanceOfType<ArgumentException>(error.InnerException);
    }

    [TestMethod]
    public void A_key_that_was_cleared_too_early_fails_the_connection()
    {
        using DotNet.X509Certificate2 identity = Certificates.Device(Id);
        byte[] key = Certificates.Key(identity);
        using MqttClient client = Client(
            new X509Certificate2(_cloud.CaCertificatePem), new X509Certificate2(identity.RawData, key, null));
        Array.Clear(key);
        Assert.ThrowsExactly<MqttConnectionException>(() => ConnectDps(client));
    }

    [TestMethod]
    public void A_key_of_another_certificate_fails_the_connection()
    {
        using DotNet.X509Certificate2 identity = Certificates.Device(Id);
        using DotNet.X509Certificate2 other = Certificates.Device(Id);
        using MqttClient client = Client(
            new X509Certificate2(_cloud.CaCertificatePem), new X509Certificate2(identity.RawData, Certificates.Key(other), null));
        Assert.ThrowsExactly<MqttConnectionException>(() => ConnectDps(client));
    }

    [TestMethod]
    [DataRow("DER")]
    [DataRow("PEM")]
    [DataRow("chain")]
    public async Task A_device_registers_with_a_certificate_in_each_form(string form)
    {
        string id = $"device-{form.ToLowerInvariant()}";
        using DotNet.X509Certificate2 identity = Certificates.Device(id);
        using DotNet.X509Certificate2 behind = Certificates.Authority("the chain's next");
        using var http = new HttpClient { BaseAddress = _cloud.HttpAddress };
        using HttpResponseMessage enrolled = await http.PostAsync("api/enrollments", new StringContent(identity.ExportCertificatePem()));
        Assert.AreEqual(HttpStatusCode.Created, enrolled.StatusCode);
        using ECDsa key = identity.GetECDsaPrivateKey()!;
        X509Certificate2 shown = form switch
        {
            "DER" => new X509Certificate2(identity.RawData, key.ExportECPrivateKey(), null),
            "PEM" => new X509Certificate2(identity.ExportCertificatePem(), key.ExportECPrivateKeyPem(), null),
            _ => new X509Certificate2(
                Encoding.ASCII.GetBytes(identity.ExportCertificatePem() + "\n" + behind.ExportCertificatePem() + "\0"),
                key.ExportPkcs8PrivateKey(),
                null),
        };
        _network.CaStore = _cloud.CaCertificatePem;
        using MqttClient client = Client(null, shown);
        var answers = new System.Collections.Concurrent.BlockingCollection<MqttMsgPublishEventArgs>();
        client.MqttMsgPublishReceived += (_, message) => answers.Add(message);

        Assert.AreEqual(MqttReasonCode.Success, ConnectDps(client, id));
        client.Subscribe([Answers], [MqttQoSLevel.AtLeastOnce]);
        client.Publish(
            "$dps/registrations/PUT/iotdps-register/?$rid=1",
            Encoding.UTF8.GetBytes($$"""{"registrationId":"{{id}}"}"""),
            null,
            null,
            MqttQoSLevel.AtLeastOnce,
            false);
        Assert.IsTrue(answers.TryTake(out MqttMsgPublishEventArgs? answer, ScriptedServer.Patience));
        Assert.AreEqual("$dps/registrations/res/202/?$rid=1&retry-after=0", answer.Topic);
    }

    private static MqttReasonCode ConnectDps(MqttClient client, string id = Id) =>
        client.Connect(id, $"{_cloud.IdScope}/registrations/{id}/api-version=2019-03-31", null, true, 60);

    private static X509Certificate2 Shown(DotNet.X509Certificate2 identity) =>
        new(identity.RawData, Certificates.Key(identity), null);

    private static MqttClient Client(
        X509Certificate? ca,
        X509Certificate? shown,
        string host = EmulatorOptions.GlobalEndpoint,
        MqttSslProtocols protocol = MqttSslProtocols.TLSv1_2) =>
        new(host, _cloud.MqttEndPoint.Port, true, ca, shown, protocol);

    /// <summary>The device says no more than mbed TLS's code.</summary>
    private static void Refused(MqttClient client, string reason, int code = CertificateRefused)
    {
        MqttConnectionException error = Assert.ThrowsExactly<MqttConnectionException>(() => ConnectDps(client));
        Assert.AreEqual($"Socket exception connecting to the broker: {code}", error.Message);
        Assert.AreEqual(code, ((SocketException?)error.InnerException)?.ErrorCode);
        StringAssert.Contains(error.InnerException?.Message, reason);
    }

    private static async Task RefusedAsync(
        DotNet.X509Certificate2 ca,
        DotNet.X509Certificate2 certificate,
        string reason,
        int code = CertificateRefused)
    {
        using var server = new ScriptedServer(certificate);
        Task accepting = server.AcceptConnectAsync();
        using var client = new MqttClient("host", server.Port, true, new X509Certificate(ca.RawData), null, MqttSslProtocols.TLSv1_2);
        Refused(client, reason, code);
        await Assert.ThrowsAsync<Exception>(() => accepting);
    }
}
