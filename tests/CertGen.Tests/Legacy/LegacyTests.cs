using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace DevKit.CertGen.Tests.Legacy;

[TestClass]
public sealed class LegacyTests : IDisposable
{
    private const string Warning = "Warning: the original firmware signs every certificate with one nonce";

    private readonly CommandLine _certGen = new();

    public static IEnumerable<object[]> Cases
        => [.. File.ReadLines(VectorPath("cases.tsv")).Where(line => !line.StartsWith('#')).Select(line => (object[])line.Split('\t'))];

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Certificates_of_the_original_tool_come_out_byte_for_byte(
        string build, string uds, string registrationId, string certificate)
    {
        Assert.AreEqual(0, Run(build, uds, registrationId), _certGen.Error);

        CollectionAssert.AreEqual(
            File.ReadAllBytes(VectorPath(certificate)), File.ReadAllBytes(_certGen.PathOf(registrationId + ".pem")));
        StringAssert.StartsWith(_certGen.Error, Warning);
        StringAssert.Contains(_certGen.Output, $"Registration ID: {registrationId}");
        Assert.IsFalse((_certGen.Output + _certGen.Error).Contains(uds, StringComparison.OrdinalIgnoreCase));
    }

    [TestMethod]
    public void There_are_cases() => Assert.AreEqual(4, Cases.Count());

    [TestMethod]
    public void DeviceID_private_key_follows_from_a_certificate_alone_as_the_warning_says()
    {
        byte[] nonce = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];
        var order = BigInteger.Parse(
            "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(VectorPath("1.pem")));
        AsnReader reader = new AsnReader(certificate.RawData, AsnEncodingRules.DER).ReadSequence();
        BigInteger digest = Read(SHA256.HashData(reader.ReadEncodedValue().Span));
        reader.ReadSequence();
        AsnReader signature = new AsnReader(reader.ReadBitString(out _), AsnEncodingRules.DER).ReadSequence();
        BigInteger r = signature.ReadInteger(), s = signature.ReadInteger();

        BigInteger key = ((s * Read(nonce)) - digest + order) * BigInteger.ModPow(r, order - 2, order) % order;

        byte[] publicKey = Dice.Curve.EcdsaP256.GetPublicKey(key.ToByteArray(isUnsigned: true, isBigEndian: true));
        string alternativeName = Convert.ToHexString(certificate.Extensions["2.5.29.17"]!.RawData);
        StringAssert.Contains(alternativeName, Convert.ToHexString(publicKey));
    }

    [TestMethod]
    public void Json_tells_what_was_measured()
    {
        Assert.AreEqual(0, Run("DevKitDPS", CommandLine.Uds, "my-devkit", "--json", "--out", "other.pem"), _certGen.Error);

        using var report = JsonDocument.Parse(_certGen.Output);
        byte[] bin = File.ReadAllBytes(VectorPath("DevKitDPS.ino.bin"));
        Assert.AreEqual(Hash(bin[0x400..0x1234]), report.RootElement.GetProperty("riotCoreSha256").GetString());
        Assert.AreEqual(Hash(bin[0x2000..0x3ABC]), report.RootElement.GetProperty("fwid").GetString());
        Assert.AreEqual("other.pem", report.RootElement.GetProperty("written")[0].GetString());
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(_certGen.PathOf("other.pem")));
        Assert.AreEqual(certificate.Thumbprint, report.RootElement.GetProperty("certificateSha1").GetString());
    }

    [TestMethod]
    [DataRow("FLASH  ", "FLOSH  ", "bad.map has no memory region FLASH with an address.")]
    [DataRow("__start_riot_core", "__begin_riot_core", "bad.map has no symbol __start_riot_core with an address.")]
    [DataRow("__stop_riot_core", "__end_riot_core", "bad.map has no symbol __stop_riot_core with an address.")]
    [DataRow("__start_riot_fw", "__begin_riot_fw", "bad.map has no symbol __start_riot_fw with an address.")]
    [DataRow("__stop_riot_fw", "__end_riot_fw", "bad.map has no symbol __stop_riot_fw with an address.")]
    [DataRow("0x000000000800fabc", "", "bad.map has no symbol __stop_riot_fw with an address.")]
    [DataRow("0x000000000800fabc", "0x000000000801fabc", "The section riot_fw, 0x0800e000 to 0x0801fabc, lies outside ")]
    [DataRow("0x000000000800fabc", "0xffffffffffffffff", "The section riot_fw, 0x0800e000 to 0xffffffffffffffff, lies outside ")]
    [DataRow("0x000000000800c400", "0x000000000800bfff", "The section riot_core, 0x0800bfff to 0x0800d234, lies outside ")]
    [DataRow("0x000000000800fabc", "0x000000000800dfff", "The section riot_fw, 0x0800e000 to 0x0800dfff, is too short")]
    [DataRow("0x000000000800fabc", "0x000000000800e000", "The section riot_fw, 0x0800e000 to 0x0800e000, is too short")]
    [DataRow("0x000000000800d234", "0x000000000800c407", "The section riot_core, 0x0800c400 to 0x0800c407, is too short")]
    public void Map_that_does_not_tell_is_refused(string found, string replaced, string message)
    {
        string map = File.ReadAllText(VectorPath("DevKitDPS.ino.map")).Replace(found, replaced, StringComparison.Ordinal);
        _certGen.WriteFile("bad.map", Encoding.ASCII.GetBytes(map));

        AssertRefused(["--bin", VectorPath("DevKitDPS.ino.bin"), "--map", "bad.map", "--registration-id", "a"], message);
    }

    [TestMethod]
    [DataRow("LF")]
    [DataRow("CRLF")]
    public void Map_of_a_newer_linker_and_of_Windows_is_read(string lineEnd)
    {
        string map = File.ReadAllText(VectorPath("DevKitDPS.ino.map"))
            .Replace("0x00000000", "0x", StringComparison.Ordinal)
            .Replace("\n", lineEnd == "LF" ? "\n" : "\r\n", StringComparison.Ordinal);
        _certGen.WriteFile("new.map", Encoding.ASCII.GetBytes(map));
        string[] args = ["--bin", VectorPath("DevKitDPS.ino.bin"), "--map", "new.map", "--uds", "-"];

        Assert.AreEqual(
            0, _certGen.Run(["legacy", .. args, "--registration-id", "az-c89346854138v1v4v1"], CommandLine.Uds), _certGen.Error);

        CollectionAssert.AreEqual(File.ReadAllBytes(VectorPath("1.pem")), File.ReadAllBytes(_certGen.PathOf("az-c89346854138v1v4v1.pem")));
    }

    [TestMethod]
    public void Bin_that_is_cut_short_is_refused()
    {
        _certGen.WriteFile("short.bin", File.ReadAllBytes(VectorPath("DevKitDPS.ino.bin"))[..0x3ABB]);
        AssertRefused(
            ["--bin", "short.bin", "--map", VectorPath("DevKitDPS.ino.map"), "--registration-id", "a"],
            "The section riot_fw, 0x0800e000 to 0x0800fabc, lies outside short.bin, which fills 0x0800c000 to 0x0800fabb. "
            + "Name the .ino.bin and the .ino.map of one build.");
    }

    [TestMethod]
    [DataRow("", "The registration ID has 0 characters.")]
    [DataRow("My-DevKit", "The registration ID \"My-DevKit\" is malformed.")]
    [DataRow("my_devkit", "The registration ID \"my_devkit\" is malformed.")]
    public void Registration_ID_that_the_original_refuses_is_refused(string registrationId, string message)
        => AssertRefused([.. Build("Small"), "--registration-id", registrationId], message);

    [TestMethod]
    [DataRow(126, 0)]
    [DataRow(127, 1)]
    public void Registration_ID_is_as_long_as_the_original_s_encoder_takes(int length, int exitCode)
        => Assert.AreEqual(exitCode, Run("Small", CommandLine.Uds, new string('a', length)), _certGen.Error);

    [TestMethod]
    [DataRow("--bin", "The firmware nowhere does not exist.")]
    [DataRow("--map", "The map file nowhere does not exist.")]
    public void File_that_is_not_there_is_named(string option, string message)
    {
        string[] args = [.. Build("Small"), "--registration-id", "a"];
        args[Array.IndexOf(args, option) + 1] = "nowhere";
        AssertRefused(args, message);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static BigInteger Read(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static string VectorPath(string name) => Path.Combine(AppContext.BaseDirectory, "Legacy", "Vectors", name);

    private static string[] Build(string name) => ["--bin", VectorPath(name + ".ino.bin"), "--map", VectorPath(name + ".ino.map")];

    private int Run(string build, string uds, string registrationId, params string[] more)
        => _certGen.Run(["legacy", .. Build(build), "--uds", "-", "--registration-id", registrationId, .. more], uds + "\n");

    private void AssertRefused(string[] args, string message)
    {
        string[] before = _certGen.Files;
        Assert.AreEqual(1, _certGen.Run(["legacy", "--uds", "-", .. args], CommandLine.Uds + "\n"));
        StringAssert.StartsWith(_certGen.Error, "Error: ");
        StringAssert.Contains(_certGen.Error, message);
        CollectionAssert.AreEqual(before, _certGen.Files);
    }
}
