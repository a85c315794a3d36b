using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DevKit.CertGen.Tests.Authority;

[TestClass]
public sealed class AuthorityBadInputTests : IDisposable
{
    private const string Words = "correct horse";
    private const string DeviceId = "devkit-a8bdc02bcfd5837a";

    private static readonly string[] Signing = ["--ca", "owner-ca.pem", "--ca-key", "owner-ca.key", "--password", "-"];

    private readonly CommandLine _certGen = new();

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    [DataRow("1234567\n", "The password is too short. Take one of at least 8 characters.")]
    [DataRow("\u00E4\u00F6\u00FC\u00DF\n", "The password is too short.")]
    [DataRow("", "The input ended before an answer to \"Password of the CA's key\".")]
    public void Password_that_is_none_makes_no_CA(string input, string message)
        => AssertRefused(["ca", "--password", "-"], input, message);

    [TestMethod]
    public void Password_that_is_missing_is_not_asked_of_a_script()
        => AssertRefused(["ca"], Words, "--password is missing. Give \"--password -\" and pipe it in");

    [TestMethod]
    [DataRow("--name", "", "The name \"\" is no common name.")]
    [DataRow("--name", " a", "The name \" a\" is no common name.")]
    [DataRow("--name", "a\nb", "The name \"a\nb\" is no common name.")]
    [DataRow("--years", "0", "--years 0 is out of range. Give 1 to 100.")]
    [DataRow("--years", "101", "--years 101 is out of range. Give 1 to 100.")]
    public void Odd_CA_is_refused(string option, string value, string message)
        => AssertRefused(["ca", "--password", "-", option, value], Words, message);

    [TestMethod]
    public void CA_that_exists_is_not_replaced()
    {
        MakeAuthority();
        string key = File.ReadAllText(_certGen.PathOf("owner-ca.key"));
        AssertRefused(["ca", "--password", "-"], Words, "owner-ca.pem exists already. Give --force to replace it");
        Assert.AreEqual(key, File.ReadAllText(_certGen.PathOf("owner-ca.key")));
    }

    [TestMethod]
    public void Request_without_proof_of_possession_is_refused()
    {
        MakeAuthority();
        MakeRequest();
        byte[] der = Convert.FromBase64String(string.Concat(File.ReadAllLines(_certGen.PathOf(DeviceId + ".csr"))[1..^1]));
        der[^1] ^= 1;
        _certGen.WriteFile("forged.csr", der);

        AssertRefused(["sign", "forged.csr", .. Signing], Words, "The request forged.csr is not signed by the key that it names");
    }

    [TestMethod]
    public void Request_of_another_name_is_refused()
    {
        MakeAuthority();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        WriteText("other.csr", new CertificateRequest("CN=me", key, HashAlgorithmName.SHA256).CreateSigningRequestPem());
        AssertRefused(["sign", "other.csr", .. Signing], Words, "The request other.csr is not a DevKit's: it is for \"CN=me\"");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n")]
    [DataRow("hello")]
    [DataRow("0hello")]
    public void What_is_no_request_is_refused(string text)
    {
        MakeAuthority();
        WriteText("none.csr", text);
        AssertRefused(["sign", "none.csr", .. Signing], Words, "The request none.csr is ");
    }

    [TestMethod]
    public void Wrong_password_is_told_and_asked_again_at_a_console()
    {
        MakeAuthority();
        MakeRequest();
        AssertRefused(["sign", DeviceId + ".csr", .. Signing], "wrong horse", "owner-ca.key does not open: the password is not this key's");
        Assert.AreEqual(0, _certGen.RunAtConsole(["sign", DeviceId + ".csr", .. Signing[..4]], $"wrong horse\n{Words}\n"), _certGen.Error);
    }

    [TestMethod]
    public void Wrong_password_in_a_file_is_told_once()
    {
        MakeAuthority();
        MakeRequest();
        string file = _certGen.WriteSecret("wrong.txt", "wrong horse"u8.ToArray());
        Assert.AreEqual(1, _certGen.RunAtConsole(["sign", DeviceId + ".csr", .. Signing[..4], "--password", file], ""));
        Assert.HasCount(1, _certGen.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), _certGen.Error);
    }

    [TestMethod]
    public void Key_of_another_CA_is_refused()
    {
        MakeAuthority();
        MakeRequest();
        Assert.AreEqual(0, _certGen.Run(["ca", "--password", "-", "--out", "b.pem", "--key-out", "b.key"], Words), _certGen.Error);
        AssertRefused(
            ["sign", DeviceId + ".csr", "--ca", "owner-ca.pem", "--ca-key", "b.key", "--password", "-"],
            Words,
            "b.key is not the key of owner-ca.pem.");
    }

    [TestMethod]
    [DataRow(false, 0, "own.pem is not a CA's certificate.")]
    [DataRow(true, 0, "own.pem is of a CA that may sign no other (pathLenConstraint 0)")]
    public void Certificate_that_may_sign_no_DeviceID_is_refused(bool isAuthority, int pathLength, string message)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Own", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, isAuthority, pathLength, true));
        WriteOwn(request, key, DateTimeOffset.UtcNow.AddDays(1));
        MakeRequest();
        AssertRefused(["sign", DeviceId + ".csr", "--ca", "own.pem", "--ca-key", "own.key"], "", message);
    }

    [TestMethod]
    public void CA_that_has_expired_signs_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Own", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        WriteOwn(request, key, DateTimeOffset.UtcNow.AddHours(-1));
        MakeRequest();
        AssertRefused(["sign", DeviceId + ".csr", "--ca", "own.pem", "--ca-key", "own.key"], "", "The CA \"CN=Own\" expired on ");
    }

    [TestMethod]
    [DataRow(2048, "Own", true)]
    [DataRow(3072, "A long name, and a long key, make a long certificate with no end", false)]
    public void Certificate_that_the_console_can_t_take_is_refused(int bits, string name, bool fits)
    {
        using var key = RSA.Create(bits);
        CertificateRequest request = new($"CN=\"{name}\"", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        WriteOwn(request, key, DateTimeOffset.UtcNow.AddDays(1));
        MakeRequest();
        string[] args = ["sign", DeviceId + ".csr", "--ca", "own.pem", "--ca-key", "own.key"];
        if (fits)
        {
            Assert.AreEqual(0, _certGen.Run(args), _certGen.Error);
            StringAssert.StartsWith(_certGen.Error, "Warning: the key own.key is not encrypted");
            return;
        }

        AssertRefused(args, "", "bytes, and the board's console takes 753. Sign with a CA that has a key on P-256");
    }

    [TestMethod]
    public void Chain_in_another_order_or_of_strangers_is_refused()
    {
        MakeAuthority();
        MakeRequest();
        Assert.AreEqual(0, _certGen.Run(["sign", DeviceId + ".csr", .. Signing], Words), _certGen.Error);
        Assert.AreEqual(0, _certGen.Run(["ca", "--password", "-", "--out", "b.pem", "--key-out", "b.key"], Words), _certGen.Error);

        AssertRefused(
            ["chain", "owner-ca.pem", DeviceId + ".pem", "--out", "c.pem"],
            "",
            $"owner-ca.pem (CN=Owner of DevKits) was not signed by {DeviceId}.pem");
        AssertRefused(
            ["chain", DeviceId + ".pem", "b.pem", "--out", "c.pem"], "", $"{DeviceId}.pem (CN=DevKit DeviceID a8bdc02bcfd5837a) was");
        AssertRefused(
            ["chain", DeviceId + ".pem", "owner-ca.pem"], "", "is no registration ID, and names no file. Name the file with --out.");
        AssertRefused(["chain", DeviceId + ".pem", "owner-ca.pem", "--out", "owner-ca.pem"], "", "--out owner-ca.pem is what is read.");
    }

    private void MakeAuthority() => Assert.AreEqual(0, _certGen.Run(["ca", "--password", "-"], Words), _certGen.Error);

    private void MakeRequest() => Assert.AreEqual(0, _certGen.Run(["request", "--uds", "-"], CommandLine.Uds), _certGen.Error);

    private void WriteOwn(CertificateRequest request, AsymmetricAlgorithm key, DateTimeOffset notAfter)
    {
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-3), notAfter);
        WriteText("own.pem", certificate.ExportCertificatePem());
        _certGen.WriteSecret("own.key", Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
    }

    private void WriteText(string name, string text) => _certGen.WriteFile(name, Encoding.ASCII.GetBytes(text));

    private void AssertRefused(string[] args, string input, string message)
    {
        string[] before = _certGen.Files;
        Assert.AreEqual(1, _certGen.Run(args, input), _certGen.Output);
        StringAssert.Contains(_certGen.Refusal, "Error: ");
        StringAssert.Contains(_certGen.Refusal, message);
        CollectionAssert.AreEqual(before, _certGen.Files);
    }
}
