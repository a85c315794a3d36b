using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.CertGen.Tests.Batch;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.DpsEmulator.Host;
using DevKit.Platform;

namespace DevKit.CertGen.Tests.Enrollment;

/// <summary>Enrollments at the local cloud, by the command line.</summary>
[TestClass]
public sealed class EnrollTests : IAsyncDisposable
{
    private readonly Fleet _fleet = new();
    private readonly LocalCloud _cloud = new();
    private string[] _service = [];

    [TestInitialize]
    public async Task StartAsync()
    {
        await _cloud.StartAsync();
        _service = _cloud.Open(_fleet);
    }

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        _fleet.Dispose();
    }

    [TestMethod]
    public async Task Boards_of_a_manifest_are_enrolled_with_what_their_rows_say()
    {
        string hub = _cloud.Host.HubName;
        Make($"registrationId,uds,deviceId,hub,tags\na:1,{Fleet.UdsOf(1)},lamp,{hub},floor=2\nb,{Fleet.UdsOf(2)},,,\n");

        Assert.AreEqual(0, Enroll(), _fleet.CertGen.Error);

        Assert.AreEqual("Enrollments enrolled: 2", _fleet.CertGen.Output.TrimEnd());
        JsonObject made = (await _cloud.FindAsync("a:1"))!;
        Assert.AreEqual("lamp", (string?)made["deviceId"]);
        Assert.AreEqual("static", (string?)made["allocationPolicy"]);
        Assert.AreEqual(hub, (string?)made["iotHubs"]![0]);
        Assert.AreEqual("2", (string?)made["initialTwin"]!["tags"]!["floor"]);
        Assert.AreEqual(
            (string?)_fleet.ReadManifest()[0]["certificateSha256"], GetFingerprint(made), ignoreCase: true, CultureInfo.InvariantCulture);
        JsonObject other = (await _cloud.FindAsync("b"))!;
        Assert.IsNull(other["deviceId"]);
        Assert.AreEqual("enabled", (string?)other["provisioningStatus"]);
    }

    [TestMethod]
    public async Task Enrolled_device_registers()
    {
        Make($"registrationId,uds\nlamp,{CommandLine.Uds}\n");
        Assert.AreEqual(0, Enroll(), _fleet.CertGen.Error);

        DiceCredential credential =
            DiceEngine.Derive(Convert.FromHexString(CommandLine.Uds), File.ReadAllBytes(_fleet.CertGen.Image), "lamp");
        using var key = ECDsa.Create();
        key.ImportECPrivateKey(credential.AliasPrivateKey, out _);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(credential.AliasCertificate);
        using X509Certificate2 withKey = CertificateWithKey.Join(certificate, key);
        using HttpClient device = Connect(withKey);
        string path = $"{_cloud.Host.IdScope}/registrations/lamp";
        using HttpResponseMessage begun =
            await device.PutAsJsonAsync($"{path}/register?api-version=2019-03-31", new { registrationId = "lamp" });
        JsonNode operation = (await begun.Content.ReadFromJsonAsync<JsonNode>())!;
        JsonNode state =
            (await device.GetFromJsonAsync<JsonNode>($"{path}/operations/{(string?)operation["operationId"]}?api-version=2019-03-31"))!;

        Assert.AreEqual("assigned", (string?)state["status"]);
    }

    [TestMethod]
    public async Task Enrollments_that_are_right_are_left_alone_and_those_that_differ_changed_when_asked_to()
    {
        string table = $"registrationId,uds,deviceId,tags\na,{Fleet.UdsOf(1)},lamp,\nb,{Fleet.UdsOf(2)},,floor=1\nc,{Fleet.UdsOf(3)},,\n";
        Make(table);
        Assert.AreEqual(0, Enroll(), _fleet.CertGen.Error);
        string untouched = (await _cloud.FindAsync("c"))!.ToJsonString();
        Assert.AreEqual(0, Enroll(), _fleet.CertGen.Error);
        Assert.AreEqual("Enrollments there already: 3", _fleet.CertGen.Output.TrimEnd());

        await _cloud.ChangeAsync("a", document => document["deviceId"] = "other");
        await _cloud.ChangeAsync("b", document =>
        {
            document["initialTwin"]!["tags"]!["floor"] = "9";
            document["initialTwin"]!["properties"] = new JsonObject { ["desired"] = new JsonObject { ["interval"] = 30 } };
        });
        Assert.AreEqual(1, Enroll());
        StringAssert.Contains(_fleet.CertGen.Error, "Error: a: it is enrolled with another deviceId. Give --update to change it.");
        StringAssert.Contains(_fleet.CertGen.Error, "Error: b: it is enrolled with other tags. Give --update to change it.");
        Assert.AreEqual("Enrollments there already: 1, failed: 2", _fleet.CertGen.Output.TrimEnd());
        Assert.AreEqual("other", (string?)(await _cloud.FindAsync("a"))!["deviceId"]);

        Assert.AreEqual(0, Enroll("--update"), _fleet.CertGen.Error);
        Assert.AreEqual("Enrollments updated: 2, there already: 1", _fleet.CertGen.Output.TrimEnd());
        Assert.AreEqual("lamp", (string?)(await _cloud.FindAsync("a"))!["deviceId"]);
        JsonNode twin = (await _cloud.FindAsync("b"))!["initialTwin"]!;
        Assert.AreEqual("1", (string?)twin["tags"]!["floor"]);
        Assert.AreEqual(30, (int?)twin["properties"]!["desired"]!["interval"], "what the manifest does not speak of stays");
        Assert.AreEqual(untouched, (await _cloud.FindAsync("c"))!.ToJsonString());
    }

    [TestMethod]
    public async Task Another_certificate_is_told_and_taken_over_when_asked_to()
    {
        Make($"registrationId,uds\na,{Fleet.UdsOf(1)}\n");
        Assert.AreEqual(0, Enroll(), _fleet.CertGen.Error);
        string? before = GetFingerprint((await _cloud.FindAsync("a"))!);
        Make($"registrationId,uds\na,{Fleet.UdsOf(2)}\n");

        Assert.AreEqual(1, Enroll());
        StringAssert.Contains(_fleet.CertGen.Error, "Error: a: it is enrolled with another certificate.");
        Assert.AreEqual(before, GetFingerprint((await _cloud.FindAsync("a"))!));
        Assert.AreEqual(0, Enroll("--update"), _fleet.CertGen.Error);
        Assert.AreNotEqual(before, GetFingerprint((await _cloud.FindAsync("a"))!));
    }

    [TestMethod]
    public async Task Dry_run_foretells_and_changes_nothing()
    {
        Make($"registrationId,uds\na,{Fleet.UdsOf(1)}\n");
        Assert.AreEqual(0, Enroll(), _fleet.CertGen.Error);
        await _cloud.ChangeAsync("a", document => document["deviceId"] = "lamp");
        Make($"registrationId,uds,deviceId\na,{Fleet.UdsOf(1)},other\nb,{Fleet.UdsOf(2)},\n");

        Assert.AreEqual(0, Enroll("--dry-run", "--update"), _fleet.CertGen.Error);
        Assert.AreEqual("Dry run, nothing was changed; would be enrolled: 1, updated: 1", _fleet.CertGen.Output.TrimEnd());
        Assert.AreEqual(0, Enroll("--dry-run", "--delete", "--json"), _fleet.CertGen.Error);
        Assert.AreEqual(1, _fleet.Report().GetProperty("deleted").GetInt32());
        Assert.AreEqual(1, _fleet.Report().GetProperty("absent").GetInt32());
        Assert.IsTrue(_fleet.Report().GetProperty("dryRun").GetBoolean());
        Assert.AreEqual("lamp", (string?)(await _cloud.FindAsync("a"))!["deviceId"]);
        Assert.IsNull(await _cloud.FindAsync("b"));
    }

    [TestMethod]
    public async Task Enrollments_are_deleted_and_those_that_are_not_there_counted()
    {
        Make($"registrationId,uds\na,{Fleet.UdsOf(1)}\nb,{Fleet.UdsOf(2)}\nc,{Fleet.UdsOf(3)}\n");
        Assert.AreEqual(0, Enroll(), _fleet.CertGen.Error);
        using HttpResponseMessage gone = await _cloud.Http.DeleteAsync("dps/enrollments/b");

        Assert.AreEqual(0, Enroll("--delete"), _fleet.CertGen.Error);

        Assert.AreEqual("Enrollments deleted: 2, not there: 1", _fleet.CertGen.Output.TrimEnd());
        Assert.IsNull(await _cloud.FindAsync("a"));
    }

    [TestMethod]
    public async Task What_the_service_refuses_is_told_by_its_ID_and_the_rest_goes_on()
    {
        Make($"registrationId,uds,hub\na,{Fleet.UdsOf(1)},\nb,{Fleet.UdsOf(2)},far.azure-devices.net\nc,{Fleet.UdsOf(3)},\n");
        File.WriteAllText(_fleet.CertGen.PathOf("out/c.pem"), _fleet.Read("out/a.pem"));

        Assert.AreEqual(1, Enroll());

        StringAssert.Contains(_fleet.CertGen.Error, "Error: b: 400004 ");
        StringAssert.Contains(_fleet.CertGen.Error, "far.azure-devices.net");
        StringAssert.Contains(_fleet.CertGen.Error, "c.pem is not the certificate that the manifest names.");
        Assert.AreEqual("Enrollments enrolled: 1, failed: 2", _fleet.CertGen.Output.TrimEnd());
        Assert.IsNotNull(await _cloud.FindAsync("a"));
    }

    [TestMethod]
    public async Task Group_is_enrolled_by_its_CA_changed_and_deleted()
    {
        WriteAuthority("first.pem");
        WriteAuthority("second.pem");
        Assert.AreEqual(0, EnrollGroup("--ca", "first.pem", "--dry-run"), _fleet.CertGen.Error);
        Assert.IsNull(await _cloud.FindGroupAsync("boards"));
        Assert.AreEqual(0, EnrollGroup("--ca", "first.pem"), _fleet.CertGen.Error);
        Assert.AreEqual("Enrollments enrolled: 1", _fleet.CertGen.Output.TrimEnd());
        string made = (await _cloud.FindGroupAsync("boards"))!.ToJsonString();
        Assert.AreEqual(0, EnrollGroup("--ca", "first.pem"), _fleet.CertGen.Error);
        Assert.AreEqual("Enrollments there already: 1", _fleet.CertGen.Output.TrimEnd());

        Assert.AreEqual(1, EnrollGroup("--ca", "second.pem"));
        StringAssert.Contains(_fleet.CertGen.Error, "The group boards is there with another CA. Give --update");
        Assert.AreEqual(made, (await _cloud.FindGroupAsync("boards"))!.ToJsonString());
        Assert.AreEqual(0, EnrollGroup("--ca", "second.pem", "--update"), _fleet.CertGen.Error);
        Assert.AreNotEqual(made, (await _cloud.FindGroupAsync("boards"))!.ToJsonString());

        Assert.AreEqual(0, EnrollGroup("--delete"), _fleet.CertGen.Error);
        Assert.IsNull(await _cloud.FindGroupAsync("boards"));
        Assert.AreEqual(0, EnrollGroup("--delete"), _fleet.CertGen.Error);
        Assert.AreEqual("Enrollments not there: 1", _fleet.CertGen.Output.TrimEnd());
    }

    [TestMethod]
    public void Server_is_verified_by_its_name_and_by_the_CA()
    {
        Make($"registrationId,uds\na,{Fleet.UdsOf(1)}\n");
        string[] address = ["--connect", _cloud.Host.HttpsEndPoint.ToString()];

        Assert.AreEqual(1, _fleet.CertGen.Run(["enroll", Fleet.Manifest, "--service", "service.txt", .. address]));
        StringAssert.Contains(_fleet.CertGen.Error, "Error: devkit-emulator.azure-devices-provisioning.net is not trusted: ");
        StringAssert.Contains(_fleet.CertGen.Error, "--trust.");

        string other = _cloud.Host.ConnectionStrings[0].Replace("devkit-emulator.", "elsewhere.", StringComparison.Ordinal);
        _fleet.CertGen.WriteSecret("service.txt", Encoding.ASCII.GetBytes(other));
        Assert.AreEqual(1, Enroll());
        StringAssert.Contains(_fleet.CertGen.Error, "Error: elsewhere.azure-devices-provisioning.net is not trusted: ");
    }

    [TestMethod]
    public void Wrong_key_and_a_service_that_is_not_there_are_told_and_no_key_is_shown()
    {
        Make($"registrationId,uds\na,{Fleet.UdsOf(1)}\n");
        const string Key = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";
        string wrong = _cloud.Host.ConnectionStrings[0].Split("SharedAccessKey=")[0] + "SharedAccessKey=" + Key;
        _fleet.CertGen.WriteSecret("service.txt", Encoding.ASCII.GetBytes(wrong));

        Assert.AreEqual(1, Enroll());
        StringAssert.Contains(_fleet.CertGen.Error, "refuses the key of provisioningserviceowner: 401 ");
        Assert.DoesNotContain(Key, _fleet.CertGen.Error + _fleet.CertGen.Output);

        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        string address = closed.LocalEndpoint.ToString()!;
        closed.Stop();
        Assert.AreEqual(
            1, _fleet.CertGen.Run(["enroll", Fleet.Manifest, "--service", "service.txt", "--connect", address, "--trust", "ca.pem"]));
        StringAssert.Contains(_fleet.CertGen.Error, "can't be reached: ");
        StringAssert.Contains(_fleet.CertGen.Error, "See to the network, or to --connect.");
    }

    private void Make(string table) => Assert.AreEqual(0, _fleet.Run(table, "--force"), _fleet.CertGen.Error);

    private int Enroll(params string[] options) => _fleet.CertGen.Run(["enroll", Fleet.Manifest, .. _service, .. options]);

    private int EnrollGroup(params string[] options) => _fleet.CertGen.Run(["enroll", "--group", "boards", .. _service, .. options]);

    private static string? GetFingerprint(JsonObject enrollment)
        => (string?)enrollment["attestation"]!["x509"]!["clientCertificates"]!["primary"]!["info"]!["sha256Thumbprint"];

    private void WriteAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Owner", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        _fleet.CertGen.WriteFile(name, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
    }

    private HttpClient Connect(X509Certificate2 certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(_cloud.Host.CaCertificatePem);
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = policy,
                ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(_cloud.Host.HttpsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri($"https://{EmulatorOptions.GlobalEndpoint}/") };
    }
}
