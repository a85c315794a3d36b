using System.Security.Cryptography;
using System.Text.Json;

namespace DevKit.CertGen.Tests.Inspection;

[TestClass]
public sealed class VerifyTests : IDisposable
{
    private const string OtherUds = "29e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eae";

    private readonly CommandLine _certGen = new();

    public VerifyTests()
    {
        _certGen.WriteFile("other.pe", CommandLine.MakeImage(1, 4, 2, 0));
        string[] args = ["--image", "image.pe", "--uds", "-", "--registration-id", "my-devkit", "--device-id-certificate", "device.pem"];
        Assert.AreEqual(0, _certGen.Run(args, CommandLine.Uds + "\n"), _certGen.Error);
    }

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    public void What_belongs_together_is_told()
    {
        Assert.AreEqual(0, Verify(CommandLine.Uds, "image.pe", "my-devkit"), _certGen.Error);
        StringAssert.StartsWith(_certGen.Output, "They belong together");

        // Without an ID the certificate's own counts.
        Assert.AreEqual(0, Verify(CommandLine.Uds, "image.pe", null), _certGen.Error);
    }

    [TestMethod]
    [DataRow(OtherUds, "image.pe", "my-devkit", "UDS")]
    [DataRow(CommandLine.Uds, "other.pe", "my-devkit", "Image")]
    [DataRow(CommandLine.Uds, "image.pe", "other-devkit", "Registration ID")]
    [DataRow(OtherUds, "other.pe", "my-devkit", "UDS,Image")]
    [DataRow(OtherUds, "other.pe", "other-devkit", "UDS,Image,Registration ID")]
    public void What_differs_is_named_and_nothing_else(string uds, string image, string registrationId, string differs)
    {
        Assert.AreEqual(1, Verify(uds, image, registrationId), _certGen.Error);

        StringAssert.StartsWith(_certGen.Output, "They do not belong together: DPS would answer 401 (401002).");
        string[] named =
            [.. _certGen.Output.Split('\n').Where(line => line.Contains(": differs. ", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0])];
        CollectionAssert.AreEqual(differs.Split(','), named);
        Assert.DoesNotContain(uds[..8], _certGen.Output + _certGen.Error);
    }

    [TestMethod]
    public void Verdict_is_told_as_JSON()
    {
        Assert.AreEqual(1, Verify(CommandLine.Uds, "other.pe", "my-devkit", "--json"));

        JsonElement verdict = _certGen.Json;
        Assert.IsFalse(verdict.GetProperty("belongTogether").GetBoolean());
        Assert.IsTrue(verdict.GetProperty("sameUds").GetBoolean());
        Assert.IsFalse(verdict.GetProperty("sameImage").GetBoolean());
        Assert.IsTrue(verdict.GetProperty("sameRegistrationId").GetBoolean());
        string fwid = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_certGen.PathOf("other.pe"))));
        Assert.AreEqual(fwid, verdict.GetProperty("given").GetProperty("fwid").GetString());
    }

    [TestMethod]
    public void Certificate_that_was_altered_is_told()
    {
        string text = File.ReadAllText(_certGen.PathOf("my-devkit.pem"));
        byte[] der = Convert.FromBase64String(text[PemEncoding.Find(text).Base64Data]);
        der[^1] ^= 1;
        _certGen.WriteFile("my-devkit.pem", der);

        Assert.AreEqual(1, Verify(CommandLine.Uds, "image.pe", "my-devkit"));

        StringAssert.Contains(_certGen.Output, "Certificate: all three are the same and its bytes are not");
    }

    [TestMethod]
    public void Certificate_of_another_kind_is_refused_before_the_secret_is_read()
    {
        Assert.AreEqual(1, _certGen.Run(["verify", "device.pem", "--image", "image.pe", "--uds", "-"]));
        StringAssert.StartsWith(_certGen.Error, "Error: device.pem is no alias certificate of this firmware.");

        Assert.AreEqual(1, _certGen.Run(["verify", "image.pe", "--image", "image.pe", "--uds", "-"]));
        StringAssert.StartsWith(_certGen.Error, "Error: There is no certificate in image.pe.");
    }

    private int Verify(string uds, string image, string? registrationId, params string[] more)
    {
        string[] id = registrationId == null ? [] : ["--registration-id", registrationId];
        return _certGen.Run(["verify", "my-devkit.pem", "--image", image, "--uds", "-", .. id, .. more], uds + "\n");
    }
}
