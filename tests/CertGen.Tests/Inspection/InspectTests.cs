using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DevKit.Dice;

namespace DevKit.CertGen.Tests.Inspection;

[TestClass]
public sealed class InspectTests : IDisposable
{
    private readonly CommandLine _certGen = new();

    public InspectTests()
    {
        string[] args = ["--image", "image.pe", "--uds", "-", "--registration-id", "my-devkit"];
        string[] more = ["--device-id-request", "request.pem", "--device-id-certificate", "device.pem"];
        Assert.AreEqual(0, _certGen.Run([.. args, .. more], CommandLine.Uds + "\n"), _certGen.Error);
    }

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    public void Alias_certificate_is_told_with_what_the_device_shows_too()
    {
        string made = _certGen.Output;

        Inspect("my-devkit.pem");

        StringAssert.StartsWith(_certGen.Output, "Certificate: the alias certificate of the device my-devkit, to enroll by itself");
        StringAssert.Contains(_certGen.Output, "Valid: 2018-01-01T00:00:00Z to 9999-12-31T23:59:59Z");
        foreach (
            string name in new[] { "FWID: ", "Certificate SHA-256: ", "Certificate SHA-1 (thumbprint in Azure's portal): ",
            "Alias key id: ", "DeviceID key id: " })
        {
            string value = made.Split(name)[1].Split('\n')[0].Trim();
            StringAssert.Contains(_certGen.Output, value);
        }
    }

    [TestMethod]
    public void DeviceID_certificate_and_request_are_told()
    {
        Inspect("device.pem");
        StringAssert.StartsWith(_certGen.Output, "Certificate: a board's DeviceID, self-signed");

        Inspect("request.pem");
        StringAssert.StartsWith(_certGen.Output, "Certificate request, signed by its own key");
        StringAssert.Contains(_certGen.Output, "Subject: CN=DevKit DeviceID ");
        StringAssert.Contains(_certGen.Output, "Key: ECDSA P-256, id ");
    }

    [TestMethod]
    [DataRow("my-devkit.pem", "device.pem", true)]
    [DataRow("device.pem", "my-devkit.pem", false)]
    public void Chain_is_one_if_each_was_signed_by_the_next(string first, string second, bool isChain)
    {
        _certGen.WriteFile("chain.pem", [.. Read(first), .. Read(second)]);

        Inspect("chain.pem", "--json");

        JsonElement result = _certGen.Json;
        Assert.AreEqual(isChain, result.GetProperty("isChain").GetBoolean());
        Assert.AreEqual(2, result.GetProperty("certificates").GetArrayLength());
    }

    [TestMethod]
    public void Chain_of_the_right_names_and_a_wrong_signature_is_none()
    {
        byte[] der = ReadDer("my-devkit.pem");
        der[^1] ^= 1;
        string forged = PemEncoding.WriteString("CERTIFICATE", der) + "\n";
        _certGen.WriteFile("chain.pem", [.. Encoding.ASCII.GetBytes(forged), .. Read("device.pem")]);

        Inspect("chain.pem");

        StringAssert.EndsWith(_certGen.Output.TrimEnd(), "Chain: none, for not each was signed by the next");
    }

    [TestMethod]
    public void Files_in_DER_are_read_too()
    {
        _certGen.WriteFile("a.der", ReadDer("my-devkit.pem"));
        Inspect("a.der");
        StringAssert.StartsWith(_certGen.Output, "Certificate: the alias certificate of the device my-devkit");

        _certGen.WriteFile("a.csr", ReadDer("request.pem"));
        Inspect("a.csr");
        StringAssert.StartsWith(_certGen.Output, "Certificate request");
    }

    [TestMethod]
    public void Image_is_told_with_name_version_and_measurement()
    {
        Inspect("image.pe");

        string fwid = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_certGen.Image)));
        string[] expected =
        [
            "Application image for a board (.pe)", "  Name: DevKitDps", "  Version: 1.4.1", "  Length: 132 bytes", "  FWID: " + fwid,
        ];
        CollectionAssert.AreEqual(expected, _certGen.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    public void Image_that_is_no_application_of_this_firmware_is_told()
    {
        Inspect(typeof(FirmwareImage).Assembly.Location);

        StringAssert.StartsWith(_certGen.Output, "Application image for the virtual board (.dll)");
        StringAssert.Contains(_certGen.Output, "  Name: Dice, which is not this firmware's application");
    }

    [TestMethod]
    public void Image_that_was_cut_off_is_told()
    {
        _certGen.WriteFile("cut.pe", File.ReadAllBytes(_certGen.Image)[..120]);

        Inspect("cut.pe", "--json");

        StringAssert.Contains(
            _certGen.Json.GetProperty("image").GetProperty("problem").GetString(), "says that it has 132 bytes, but there are 120.");
    }

    [TestMethod]
    [DataRow("none.pem", "The file none.pem does not exist.")]
    [DataRow(".", "The file . is a folder.")]
    [DataRow("empty.pem", "The file empty.pem is empty.")]
    [DataRow("noise.bin", "noise.bin is damaged, or nothing that a DevKit has to do with.")]
    [DataRow("der.bin", "der.bin is damaged, or nothing that a DevKit has to do with.")]
    [DataRow("cut.pem", "cut.pem is damaged, or nothing that a DevKit has to do with.")]
    [DataRow("forged.pem", "forged.pem is damaged, or nothing that a DevKit has to do with.")]
    [DataRow("long.bin", "The file long.bin is longer than 1048576 bytes.")]
    public void What_is_nothing_of_the_kind_is_refused(string name, string message)
    {
        _certGen.WriteFile("empty.pem", []);
        _certGen.WriteFile("noise.bin", [1, 2, 3]);
        _certGen.WriteFile("der.bin", [0x30, 0x03, 1, 2, 3]);
        _certGen.WriteFile("cut.pem", Read("my-devkit.pem")[..300]);
        byte[] request = ReadDer("request.pem");
        request[^1] ^= 1;
        _certGen.WriteFile("forged.pem", Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE REQUEST", request)));
        _certGen.WriteFile("long.bin", new byte[(1 << 20) + 1]);

        Assert.AreEqual(1, _certGen.Run(["inspect", name]), _certGen.Output);

        StringAssert.StartsWith(_certGen.Error, "Error: " + message);
    }

    private void Inspect(params string[] args) => Assert.AreEqual(0, _certGen.Run(["inspect", .. args]), _certGen.Error);

    private byte[] Read(string name) => File.ReadAllBytes(_certGen.PathOf(name));

    private byte[] ReadDer(string name)
    {
        string text = File.ReadAllText(_certGen.PathOf(name));
        return Convert.FromBase64String(text[PemEncoding.Find(text).Base64Data]);
    }
}
