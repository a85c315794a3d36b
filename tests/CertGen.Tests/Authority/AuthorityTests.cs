using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.CertGen.Tests.Authority;

[TestClass]
public sealed class AuthorityTests : IDisposable
{
    private const string Words = "correct horse";
    private const string DeviceId = "devkit-a8bdc02bcfd5837a";

    private static readonly string[] Chain = ["my-devkit.pem", DeviceId + ".pem", "owner-ca.pem"];

    private readonly CommandLine _certGen = new();

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    public void Owner_s_CA_signs_a_board_s_request_so_that_its_certificate_has_a_chain()
    {
        MakeAll();
        using var root = Load("owner-ca.pem");
        using var deviceId = Load(DeviceId + ".pem");
        using var alias = Load("my-devkit.pem");
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.Add(deviceId);

        Assert.IsTrue(chain.Build(alias), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.HasCount(3, chain.ChainElements);
    }

    [TestMethod]
    public void Signed_certificate_is_one_that_the_device_takes()
    {
        MakeAll();
        byte[] uds = Convert.FromHexString(CommandLine.Uds);
        DiceCredential credential = DiceEngine.Derive(uds, File.ReadAllBytes(_certGen.Image), "my-devkit");
        using var deviceId = Load(DeviceId + ".pem");

        Assert.IsTrue(credential.TryAttachOwnerCertificate(deviceId.RawData, out string problem), problem);
        Assert.IsNull(credential.OwnerCertificateWarning);
        Assert.IsTrue(deviceId.Extensions.OfType<X509BasicConstraintsExtension>().Single() is
        { Critical: true, CertificateAuthority: true, HasPathLengthConstraint: true, PathLengthConstraint: 0 });
        Assert.AreEqual(X509KeyUsageFlags.KeyCertSign, deviceId.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
    }

    [TestMethod]
    public void Request_is_the_one_that_the_device_shows()
    {
        Run("request", "--uds", "-");
        byte[] request = DiceEngine.CreateDeviceIdRequest(Convert.FromHexString(CommandLine.Uds));
        Assert.AreEqual(Pem.Encode("CERTIFICATE REQUEST", request), File.ReadAllText(_certGen.PathOf(DeviceId + ".csr")));
    }

    [TestMethod]
    public void DeviceID_certificate_is_valid_no_longer_than_the_CA_and_no_two_share_a_serial_number()
    {
        Run("ca", "--password", "-", "--years", "1");
        Run("request", "--uds", "-");
        Sign();
        using var root = Load("owner-ca.pem");
        using var first = Load(DeviceId + ".pem");
        Sign("--force");
        using var second = Load(DeviceId + ".pem");

        Assert.AreEqual(root.NotAfter, first.NotAfter);
        Assert.IsGreaterThanOrEqualTo(root.NotBefore, first.NotBefore);
        Assert.AreNotEqual(first.SerialNumber, second.SerialNumber);
        CollectionAssert.AreEqual(first.PublicKey.EncodedKeyValue.RawData, second.PublicKey.EncodedKeyValue.RawData);
    }

    [TestMethod]
    public void Sign_says_what_to_type_at_the_console()
    {
        Run("ca", "--password", "-");
        Run("request", "--uds", "-");
        Sign("--json");

        using var report = JsonDocument.Parse(_certGen.Output);
        using var certificate = Load(DeviceId + ".pem");
        Assert.AreEqual(
            "set_device_cert " + Convert.ToBase64String(certificate.RawData), report.RootElement.GetProperty("consoleCommand").GetString());
    }

    [TestMethod]
    public void CA_s_key_is_encrypted_and_its_owner_s_alone()
    {
        Run("ca", "--password", "-", "--name", "Plant 3");

        string key = File.ReadAllText(_certGen.PathOf("owner-ca.key"));
        StringAssert.StartsWith(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        using var opened = ECDsa.Create();
        opened.ImportFromEncryptedPem(key, Words);
        using var certificate = Load("owner-ca.pem");
        CollectionAssert.AreEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo(), opened.ExportSubjectPublicKeyInfo());
        Assert.AreEqual("CN=Plant 3", certificate.Subject);
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_certGen.PathOf("owner-ca.key")));
        }
    }

    [TestMethod]
    public void Password_beyond_ASCII_in_a_file_is_UTF_8_without_mark_and_line_end()
    {
        _certGen.WriteSecret("password.txt", [0xEF, 0xBB, 0xBF, .. "Schl\u00FCssel!\r\n"u8]);
        Run("ca", "--password", "password.txt");
        using var opened = ECDsa.Create();
        opened.ImportFromEncryptedPem(File.ReadAllText(_certGen.PathOf("owner-ca.key")), "Schl\u00FCssel!");
    }

    [TestMethod]
    public void Password_is_typed_twice_and_asked_again_when_the_two_differ()
    {
        Assert.AreEqual(0, _certGen.RunAtConsole(["ca"], "one password\nanother word\none password\none password\n"), _certGen.Error);

        StringAssert.Contains(_certGen.Error, "Error: The two passwords differ.");
        using var opened = ECDsa.Create();
        opened.ImportFromEncryptedPem(File.ReadAllText(_certGen.PathOf("owner-ca.key")), "one password");
        Assert.IsFalse((_certGen.Output + _certGen.Error).Contains("one password", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Chain_is_the_files_in_their_order()
    {
        MakeAll();
        Run(["chain", .. Chain]);

        X509Certificate2Collection read = [];
        read.ImportFromPemFile(_certGen.PathOf("my-devkit-chain.pem"));
        CollectionAssert.AreEqual(
            Chain.Select(name => File.ReadAllText(_certGen.PathOf(name))).ToArray(),
            read.Select(certificate => certificate.ExportCertificatePem() + "\n").ToArray());
    }

    private X509Certificate2 Load(string name) => X509CertificateLoader.LoadCertificateFromFile(_certGen.PathOf(name));

    private void MakeAll()
    {
        Run("ca", "--password", "-");
        Run("request", "--uds", "-");
        Sign();
        Run("--image", "image.pe", "--uds", "-", "--registration-id", "my-devkit");
    }

    private void Sign(params string[] more)
        => Run(["sign", DeviceId + ".csr", "--ca", "owner-ca.pem", "--ca-key", "owner-ca.key", "--password", "-", .. more]);

    private void Run(params string[] args)
        => Assert.AreEqual(0, _certGen.Run(args, (args.Contains("--password") ? Words : CommandLine.Uds) + "\n"), _certGen.Error);
}
