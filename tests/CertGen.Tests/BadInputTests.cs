using System.Text;
using DevKit.Dice;

namespace DevKit.CertGen.Tests;

[TestClass]
public sealed class BadInputTests : IDisposable
{
    private const string Good = CommandLine.Uds;

    private readonly CommandLine _certGen = new();

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    [DataRow("19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993ea", "A UDS is 64 hexadecimal characters (32 bytes), not 63.")]
    [DataRow("19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eae0", "A UDS is 64 hexadecimal characters (32 bytes), not 65.")]
    [DataRow("19e25a259d0c2be03a02d416c05c48ccg0cc7d1743458aae1cb488b074993eae", "Character 33 of the UDS is not hexadecimal")]
    [DataRow("x9e25a259d0c2be03a02d416c05c48cc00cc7d1743458aae1cb488b074993eae", "Character 1 of the UDS is not hexadecimal")]
    [DataRow("19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993ea\u00E9", "Character 64 of the UDS is not hexadecimal")]
    [DataRow("0000000000000000000000000000000000000000000000000000000000000000", "A UDS of all 00 is refused")]
    [DataRow("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "A UDS of all FF is refused")]
    public void Bad_UDS_is_refused_with_its_length_or_the_position_and_not_shown(string uds, string message)
    {
        AssertRefused(["--image", "image.pe", "--uds", uds, "--registration-id", "my-devkit"], "", message);
        StringAssert.Contains(_certGen.Error, "Enter the UDS that the device holds.");
        Assert.IsFalse(_certGen.Error.Contains(uds[..8], StringComparison.OrdinalIgnoreCase));
        Assert.IsFalse(_certGen.Error.Contains(uds[^8..], StringComparison.OrdinalIgnoreCase));

        AssertRefused(["--image", "image.pe", "--uds", "-", "--registration-id", "my-devkit"], uds + "\n", message);
        _certGen.WriteSecret("uds.txt", Encoding.Latin1.GetBytes(uds));
        AssertRefused(["--image", "image.pe", "--uds", "uds.txt", "--registration-id", "my-devkit"], "", message);
    }

    [TestMethod]
    [DataRow("", "The input ended before an answer to \"DPS Unique Device Secret")]
    [DataRow("\n", "A UDS is 64 hexadecimal characters (32 bytes), not 0.")]
    [DataRow("\r\n", "A UDS is 64 hexadecimal characters (32 bytes), not 0.")]
    public void Missing_UDS_on_the_input_is_refused(string input, string message)
        => AssertRefused(["--image", "image.pe", "--uds", "-", "--registration-id", "my-devkit"], input, message);

    [TestMethod]
    [DataRow("My-DevKit")]
    [DataRow("my/devkit")]
    [DataRow("my devkit")]
    [DataRow("my+devkit")]
    [DataRow("devk\u00EFt")]
    [DataRow("../devkit")]
    public void Registration_ID_with_a_forbidden_character_is_refused(string registrationId)
        => AssertRefused(
            ["--image", "image.pe", "--uds", Good, "--registration-id", registrationId],
            "",
            $"The registration ID \"{registrationId}\" has '");

    [TestMethod]
    [DataRow("my-devkit_")]
    [DataRow("my-devkit:")]
    [DataRow(".")]
    public void Registration_ID_that_ends_in_a_mark_is_refused(string registrationId)
        => AssertRefused(
            ["--image", "image.pe", "--uds", Good, "--registration-id", registrationId],
            "",
            $"The registration ID \"{registrationId}\" ends in '{registrationId[^1]}'");

    [TestMethod]
    public void Registration_ID_in_upper_case_is_answered_with_the_lower_case_spelling()
        => AssertRefused(
            ["--image", "image.pe", "--uds", Good, "--registration-id", "My-DevKit"],
            "",
            "The registration ID \"My-DevKit\" has 'M' as character 1: lower-case letters, digits and - . _ : are allowed. "
                + "Give it in lower case: --registration-id my-devkit");

    [TestMethod]
    public void Registration_ID_of_129_characters_is_refused()
        => AssertRefused(
            ["--image", "image.pe", "--uds", Good, "--registration-id", new string('a', 129)],
            "",
            "The registration ID has 129 characters: 1 to 128 are allowed.");

    [TestMethod]
    [DataRow("c8934685413")]
    [DataRow("c893468541380")]
    [DataRow("c8934685413g")]
    [DataRow("c8:93:46:85:41")]
    [DataRow("c8:93-46:85-41:38")]
    [DataRow("c8:9346:85:41:38")]
    [DataRow("c8 93 46 85 41 38")]
    [DataRow("c89346854138\n")]
    public void Malformed_MAC_address_is_refused(string mac)
        => AssertRefused(
            ["--image", "image.pe", "--uds", Good, "--mac", mac],
            "",
            $"The MAC address \"{mac}\" is malformed. Write 12 hex digits");

    [TestMethod]
    [DataRow("1.4")]
    [DataRow("1.4.1.0.0")]
    [DataRow("1.4.x")]
    [DataRow("1.4.")]
    [DataRow("1.04.1")]
    [DataRow("1.4.65536")]
    [DataRow("-1.4.1")]
    [DataRow("v1.4.1")]
    [DataRow(" 1.4.1")]
    public void Malformed_version_is_refused(string version)
        => AssertRefused(
            ["--image", "image.pe", "--uds", Good, "--mac", "c89346854138", "--firmware=" + version],
            "",
            $"The firmware version \"{version}\" is malformed. Write three numbers");

    [TestMethod]
    public void Image_without_a_version_needs_one_on_the_command_line()
    {
        _certGen.WriteFile("no-application.txt", Encoding.ASCII.GetBytes(FirmwareImage.NoApplication));

        AssertRefused(
            ["--image", "no-application.txt", "--uds", Good, "--mac", "c89346854138"],
            "",
            "The image no-application.txt states no version. Give it: --firmware");
    }

    [TestMethod]
    public void Image_that_is_missing_empty_or_a_folder_is_refused()
    {
        AssertRefused(
            ["--image", "none.pe", "--uds", Good, "--registration-id", "a"], "", "The image none.pe does not exist. Name the image");
        AssertRefused(["--image", ".", "--uds", Good, "--registration-id", "a"], "", "The image . is a folder. Name the image");
        _certGen.WriteFile("image.pe", []);
        AssertRefused(["--image", "image.pe", "--uds", Good, "--registration-id", "a"], "", "The image image.pe is empty. Name the image");
    }

    [TestMethod]
    [DataRow("--uds UDS --registration-id a", "--image is missing.")]
    [DataRow("--image image.pe --registration-id a", "--uds is missing. Give \"--uds -\"")]
    [DataRow("--image image.pe --uds UDS", "--registration-id or --mac is missing.")]
    [DataRow("--image image.pe --uds UDS --firmware 1.4.1", "--registration-id or --mac is missing.")]
    [DataRow("--image image.pe --uds UDS --registration-id a --mac c89346854138", "--registration-id a and --mac exclude each other")]
    [DataRow("--image image.pe --uds UDS --registration-id a --firmware 1.4.1", "--registration-id a and --firmware exclude each other")]
    [DataRow("--image image.pe --uds UDS --uds UDS --registration-id a", "Option '--uds' expects a single argument but 2 were provided.")]
    [DataRow("--image image.pe --registration-id a --uds", "Required argument missing for option: '--uds'.")]
    [DataRow("--image image.pe --uds UDS --registration-id a --frobnicate", "Unrecognized command or argument '--frobnicate'.")]
    [DataRow("--image image.pe UDS --registration-id a", "Unrecognized command or argument '(not shown)'.")]
    [DataRow(
        "--image image.pe --uds 19e25a259d0c2be0 3a02d416c05c48cc --registration-id a", "Unrecognized command or argument '(not shown)'.")]
    [DataRow("--image image.pe --registration-id a --uuds=UDS", "Unrecognized command or argument '(not shown)'.")]
    [DataRow("UDS", "Unrecognized command or argument '(not shown)'.")]
    public void Options_that_contradict_each_other_or_lack_something_are_refused(string options, string message)
        => AssertRefused(options.Replace("UDS", Good, StringComparison.Ordinal).Split(' '), "", message);

    [TestMethod]
    public void File_that_exists_is_kept_without_force_and_replaced_with_it()
    {
        _certGen.WriteFile("a.pem", [1, 2, 3]);
        string[] args = ["--image", "image.pe", "--uds", Good, "--registration-id", "a"];

        AssertRefused(args, "", "a.pem exists already. Give --force to replace it, or name another file with --out.");
        AssertRefused(
            [.. args, "--out", "b.pem", "--device-id-request", "a.pem"],
            "",
            "a.pem exists already. Give --force to replace it, or name another file with --device-id-request.");

        Assert.AreEqual(0, _certGen.Run([.. args, "--force"]), _certGen.Error);
        StringAssert.StartsWith(File.ReadAllText(_certGen.PathOf("a.pem")), "-----BEGIN CERTIFICATE-----\n");
        CollectionAssert.AreEqual(new[] { "a.pem", "image.pe" }, _certGen.Files);
    }

    [TestMethod]
    [DataRow("--out|image.pe", "--out image.pe is what is read.")]
    [DataRow("--out|./image.pe", "--out ./image.pe is what is read.")]
    [DataRow("--device-id-request|image.pe", "--device-id-request image.pe is what is read.")]
    [DataRow("--out|.", "--out . is a folder.")]
    [DataRow("--out|", "--out has no file name.")]
    [DataRow("--out|none/a.pem", "--out none/a.pem lies in a folder that does not exist.")]
    [DataRow("--device-id-request|a.pem", "--device-id-request and --out both name a.pem.")]
    [DataRow("--out|b.pem|--device-id-certificate|b.pem", "--device-id-certificate and --out both name b.pem.")]
    public void Output_that_can_t_go_there_is_refused_even_with_force(string options, string message)
        => AssertRefused(["--image", "image.pe", "--uds", Good, "--registration-id", "a", "--force", .. options.Split('|')], "", message);

    [TestMethod]
    public void Nothing_is_written_when_one_of_several_files_can_t_be()
    {
        // No file system takes a name of 250 characters and the suffix of the temporary file.
        string name = new('x', 250);

        AssertRefused(
            ["--image", "image.pe", "--uds", Good, "--registration-id", "a", "--device-id-request", name],
            "",
            $"{name} can't be written: its name is too long. Name another place with --device-id-request.");
    }

    [TestMethod]
    public void Bad_output_is_told_before_the_secret_is_read()
    {
        using var input = new StringReader(Good + "\n");
        using var output = new StringWriter();

        Assert.AreEqual(1, CertGenCommand.RunAsync(
            ["--image", _certGen.Image, "--uds", "-", "--registration-id", "a", "--out", _certGen.Image], input, output, output)
            .GetAwaiter().GetResult());

        Assert.AreEqual(Good, input.ReadLine());
    }

    [TestMethod]
    public void Help_tells_who_can_see_a_secret_on_the_command_line()
    {
        Assert.AreEqual(0, _certGen.Run(["--help"]));

        StringAssert.Contains(_certGen.Output, "(ps)");
        const string Options = "--image --uds --registration-id --mac --firmware --out --force --device-id-request --device-id-certificate";
        foreach (string option in Options.Split(' '))
        {
            StringAssert.Contains(_certGen.Output, option);
        }
    }

    /// <summary>Refused: exit code 1, a message that begins so, no secret in it, and no file made, removed or changed.</summary>
    private void AssertRefused(string[] args, string input, string message)
    {
        Dictionary<string, string> before = Snapshot();

        Assert.AreEqual(1, _certGen.Run(args, input), _certGen.Output);

        StringAssert.StartsWith(_certGen.Refusal, "Error: " + message);
        Assert.IsFalse((_certGen.Error + _certGen.Output).Contains(Good[..8], StringComparison.Ordinal));
        CollectionAssert.AreEquivalent(before, Snapshot());
    }

    private Dictionary<string, string> Snapshot()
        => _certGen.Files.ToDictionary(name => name, name => Convert.ToHexString(File.ReadAllBytes(_certGen.PathOf(name))));
}
