using System.Text;
using DevKit.Dice;

namespace DevKit.CertGen.Tests;

/// <summary>What is taken, and told to be odd; and what people put around a UDS.</summary>
[TestClass]
public sealed class WarningTests : IDisposable
{
    private readonly CommandLine _certGen = new();

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    [DataRow("00:00:00:00:00:00", "is all zeros")]
    [DataRow("ffffffffffff", "is all ones")]
    [DataRow("01-00-5e-00-00-01", "is a group's (multicast)")]
    [DataRow("c99346854138", "is a group's (multicast)")]
    public void Address_that_no_board_has_is_warned_of(string mac, string warning)
    {
        Assert.AreEqual(0, Generate(["--mac", mac]));

        Assert.AreEqual(
            $"Warning: the MAC address {mac} {warning}: no board has it. Read it on the board's screen or its serial console.",
            _certGen.Error.TrimEnd());
    }

    [TestMethod]
    public void Address_that_is_locally_administered_is_not_warned_of()
    {
        Assert.AreEqual(0, Generate(["--mac", "c29346854138"]));

        Assert.AreEqual("", _certGen.Error);
    }

    [TestMethod]
    public void Image_of_another_assembly_is_warned_of()
    {
        _certGen.WriteFile("image.pe", CommandLine.MakeImage(1, 4, 1, 0, "Boot"));

        Assert.AreEqual(0, Generate(["--registration-id", "a"]));

        Assert.AreEqual(
            "Warning: image.pe is the assembly Boot, and not DevKitDps, which this firmware measures.", _certGen.Error.TrimEnd());
    }

    [TestMethod]
    public void Image_that_no_board_can_hold_is_refused()
    {
        _certGen.WriteFile("image.pe", new byte[(768 * 1024) + 1]);

        Assert.AreEqual(1, Generate(["--registration-id", "a"]));

        StringAssert.StartsWith(_certGen.Error, "Error: The image image.pe has 786433 bytes; no board holds more than 786432 (768 KiB).");
    }

    [TestMethod]
    public void Secret_on_the_command_line_is_warned_of_and_not_shown()
    {
        Assert.AreEqual(0, _certGen.Run(["--image", "image.pe", "--uds", CommandLine.Uds, "--registration-id", "a"]));

        StringAssert.StartsWith(_certGen.Error, "Warning: the UDS stands on the command line");
        Assert.DoesNotContain(CommandLine.Uds[..8], _certGen.Error);
    }

    [TestMethod]
    public void Secret_s_file_that_others_may_read_is_warned_of()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has other rights.");
            return;
        }

        _certGen.WriteSecret("uds.txt", Encoding.ASCII.GetBytes(CommandLine.Uds));
        File.SetUnixFileMode(_certGen.PathOf("uds.txt"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.AreEqual(0, _certGen.Run(["--image", "image.pe", "--uds", "uds.txt", "--registration-id", "a"]));

        StringAssert.StartsWith(_certGen.Error, "Warning: other users may read uds.txt, which holds a secret: chmod 600 uds.txt");
    }

    [TestMethod]
    [DataRow("UDS")]
    [DataRow("\uFEFFUDS")]
    [DataRow("  UDS\t ")]
    [DataRow("0xUDS")]
    [DataRow("\uFEFF 0XUDS\r")]
    [DataRow("\"UDS\"")]
    public void Marks_blanks_and_0x_around_a_secret_are_taken_away(string text)
    {
        string given = text.Replace("UDS", CommandLine.Uds.ToUpperInvariant(), StringComparison.Ordinal);
        Assert.AreEqual(0, _certGen.Run(["--image", "image.pe", "--uds", "-", "--registration-id", "piped"], given + "\n"), _certGen.Error);
        _certGen.WriteSecret("uds.txt", Encoding.UTF8.GetBytes(given + "\n"));
        string[] args = ["--image", "image.pe", "--uds", "uds.txt", "--registration-id", "piped", "--out", "file.pem"];
        Assert.AreEqual(0, _certGen.Run(args), _certGen.Error);

        byte[] uds = Convert.FromHexString(CommandLine.Uds);
        string expected = Dice.Encodings.Pem.Encode(
            "CERTIFICATE", DiceEngine.Derive(uds, File.ReadAllBytes(_certGen.Image), "piped").AliasCertificate);
        Assert.AreEqual(expected, File.ReadAllText(_certGen.PathOf("piped.pem")));
        Assert.AreEqual(expected, File.ReadAllText(_certGen.PathOf("file.pem")));
    }

    [TestMethod]
    public void Blank_within_a_secret_is_named()
    {
        string given = CommandLine.Uds[..32] + " " + CommandLine.Uds[32..];

        Assert.AreEqual(1, _certGen.Run(["--image", "image.pe", "--uds", "-", "--registration-id", "a"], given + "\n"));

        StringAssert.StartsWith(_certGen.Error, "Error: A UDS is 64 hexadecimal characters (32 bytes), not 65.");
    }

    [TestMethod]
    public void Secret_s_file_in_UTF_16_or_with_more_in_it_is_refused()
    {
        _certGen.WriteSecret("uds.txt", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(CommandLine.Uds)]);
        string[] args = ["--image", "image.pe", "--uds", "uds.txt", "--registration-id", "a"];
        Assert.AreEqual(1, _certGen.Run(args));
        StringAssert.Contains(_certGen.Error, "Name a file that holds the UDS alone, as text in ASCII or UTF-8: uds.txt does not.");

        _certGen.WriteSecret("uds.txt", new byte[5000]);
        Assert.AreEqual(1, _certGen.Run(args));
        StringAssert.StartsWith(_certGen.Error, "Error: The file uds.txt is longer than a UDS can be.");
    }

    private int Generate(string[] identity) =>
        _certGen.Run(["--image", "image.pe", "--uds", "-", .. identity], CommandLine.Uds + "\n");
}
