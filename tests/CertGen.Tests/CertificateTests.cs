using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DevKit.Dice;

namespace DevKit.CertGen.Tests;

[TestClass]
public sealed class CertificateTests : IDisposable
{
    private readonly CommandLine _certGen = new();

    public static IEnumerable<object[]> Vectors
    {
        get
        {
            string path = Path.Combine(AppContext.BaseDirectory, "Vectors", "identity.json");
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return [.. document.RootElement.EnumerateArray().Select((_, index) => new object[] { index })];
        }
    }

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    [DynamicData(nameof(Vectors))]
    public void Vectors_come_out_of_the_command_line_byte_for_byte(int index)
    {
        JsonElement vector = ReadVector(index);
        _certGen.WriteFile("vector.bin", MakeImage(vector));

        int exitCode = _certGen.Run(
            ["--image", "vector.bin", "--uds", "-", "--registration-id", Get(vector, "registrationId"),
                "--device-id-request", "request.pem", "--device-id-certificate", "device.pem"],
            Get(vector, "uds") + "\n");

        Assert.AreEqual(0, exitCode, _certGen.Error);
        AssertPem("CERTIFICATE", Get(vector, "aliasCertificate"), Get(vector, "registrationId") + ".pem");
        AssertPem("CERTIFICATE REQUEST", Get(vector, "deviceIdRequest"), "request.pem");
        AssertPem("CERTIFICATE", Get(vector, "deviceIdCertificate"), "device.pem");
        StringAssert.Contains(_certGen.Output, "FWID: " + Get(vector, "imageSha256"));
    }

    [TestMethod]
    [DataRow("c89346854138")]
    [DataRow("C8:93:46:85:41:38")]
    [DataRow("C8-93-46-85-41-38")]
    public void Mac_address_and_version_give_the_registration_ID_of_the_device(string mac)
    {
        JsonElement vector = ReadVector(0);
        _certGen.WriteFile("vector.bin", MakeImage(vector));

        string[] args = ["--image", "vector.bin", "--uds", Get(vector, "uds"), "--mac", mac, "--firmware", "1.4.1"];
        Assert.AreEqual(0, _certGen.Run(args), _certGen.Error);

        AssertPem("CERTIFICATE", Get(vector, "aliasCertificate"), "az-c89346854138v1v4v1.pem");
    }

    [TestMethod]
    public void Version_is_read_from_the_image()
    {
        string[] args = ["--image", "image.pe", "--uds", "-", "--mac", "c89346854138"];
        Assert.AreEqual(0, _certGen.Run(args, CommandLine.Uds + "\n"), _certGen.Error);

        CollectionAssert.AreEqual(new[] { "az-c89346854138v1v4v1.pem", "image.pe" }, _certGen.Files);
        Assert.AreEqual("", _certGen.Error);
    }

    [TestMethod]
    public void Image_that_no_device_will_run_is_measured_with_a_warning()
    {
        _certGen.WriteFile("image.pe", [.. File.ReadAllBytes(_certGen.Image), 0]);

        Assert.AreEqual(0, _certGen.Run(["--image", "image.pe", "--uds", CommandLine.Uds, "--registration-id", "my-devkit"]));

        StringAssert.StartsWith(_certGen.Error, "Warning: image.pe: The application image says that it has 132 bytes, but there are 133.");
        CollectionAssert.Contains(_certGen.Files, "my-devkit.pem");
    }

    [TestMethod]
    public void Version_that_is_not_the_image_s_is_warned_of()
    {
        Assert.AreEqual(0, _certGen.Run(["--image", "image.pe", "--uds", CommandLine.Uds, "--mac", "c89346854138", "--firmware", "1.4.2"]));

        StringAssert.StartsWith(_certGen.Error, "Warning: the image states version 1.4.1, not 1.4.2.");
        CollectionAssert.Contains(_certGen.Files, "az-c89346854138v1v4v2.pem");
    }

    [TestMethod]
    public void Names_of_the_certificate_are_printed()
    {
        string[] required = ["--image", "image.pe", "--uds", CommandLine.Uds, "--registration-id", "my-devkit"];
        int exitCode = _certGen.Run([.. required, "--out", "alias.pem", "--device-id-certificate", "device.pem"]);
        Assert.AreEqual(0, exitCode, _certGen.Error);

        using var alias = X509Certificate2.CreateFromPem(File.ReadAllText(_certGen.PathOf("alias.pem")));
        using var device = X509Certificate2.CreateFromPem(File.ReadAllText(_certGen.PathOf("device.pem")));
        var expected = new[]
        {
            "Registration ID: my-devkit",
            "FWID: " + ToHex(SHA256.HashData(File.ReadAllBytes(_certGen.Image))),
            "DeviceID key id: " + ToHex(KeyId(device)),
            "Alias key id: " + ToHex(KeyId(alias)),
            "Certificate SHA-256: " + ToHex(alias.GetCertHash(HashAlgorithmName.SHA256)),
            "Certificate SHA-1 (thumbprint in Azure's portal): " + alias.Thumbprint,
            "Written: alias.pem, device.pem",
        };
        CollectionAssert.AreEqual(expected, _certGen.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    public void Colon_of_a_registration_ID_is_a_plus_sign_in_the_file_s_name()
    {
        Assert.AreEqual(
            0, _certGen.Run(["--image", "image.pe", "--uds", CommandLine.Uds, "--registration-id", "plant:3:devkit_a.b"]), _certGen.Error);

        CollectionAssert.AreEqual(new[] { "image.pe", "plant+3+devkit_a.b.pem" }, _certGen.Files);
        StringAssert.StartsWith(_certGen.Output, "Registration ID: plant:3:devkit_a.b");
    }

    [TestMethod]
    [DataRow(64, false)]
    [DataRow(65, true)]
    [DataRow(128, true)]
    public void Registration_ID_longer_than_a_common_name_is_warned_of(int length, bool warned)
    {
        string registrationId = new('a', length);

        Assert.AreEqual(0, _certGen.Run(["--image", "image.pe", "--uds", CommandLine.Uds, "--registration-id", registrationId]));

        string warning = $"Warning: The registration ID has {length} characters";
        Assert.AreEqual(warned, _certGen.Error.StartsWith(warning, StringComparison.Ordinal), _certGen.Error);
        CollectionAssert.Contains(_certGen.Files, registrationId + ".pem");
    }

    private static JsonElement ReadVector(int index)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Vectors", "identity.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement[index].Clone();
    }

    private static string Get(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    /// <summary>The images as the vectors describe them; their FWID tells whether the description was understood.</summary>
    private static byte[] MakeImage(JsonElement vector)
    {
        byte[] image = Get(vector, "image") switch
        {
            "bytes 00..FF, 16 times" => [.. Enumerable.Range(0, 16 * 256).Select(i => (byte)i)],
            "one byte 00" => [0],
            "65 bytes 5A" => [.. Enumerable.Repeat((byte)0x5A, 65)],
            var other => throw new InvalidDataException(other),
        };
        Assert.AreEqual(Get(vector, "imageSha256"), ToHex(SHA256.HashData(image)));
        return image;
    }

    /// <summary>RFC 7093, 2 (1): the leftmost 160 bits of the SHA-256 of the public key.</summary>
    private static byte[] KeyId(X509Certificate2 certificate) => SHA256.HashData(certificate.GetPublicKey())[..20];

    private static string ToHex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private void AssertPem(string label, string hex, string name)
        => Assert.AreEqual(PemEncoding.WriteString(label, Convert.FromHexString(hex)) + "\n", File.ReadAllText(_certGen.PathOf(name)));

    [TestMethod]
    public void The_text_that_stands_for_no_application_is_taken_without_a_warning()
    {
        string file = _certGen.WriteFile("no-application.txt", System.Text.Encoding.ASCII.GetBytes(FirmwareImage.NoApplication));
        Assert.AreEqual(0, _certGen.Run(["--image", file, "--uds", "-", "--registration-id", "my-devkit"], CommandLine.Uds + "\n"));
        Assert.AreEqual("", _certGen.Error);
    }
}
