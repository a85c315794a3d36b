namespace DevKit.CertGen.Tests;

[TestClass]
public sealed class InterviewTests : IDisposable
{
    private readonly CommandLine _certGen = new();

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    public void Without_options_everything_is_asked_for()
    {
        Assert.AreEqual(0, _certGen.Run([], $"image.pe\n{CommandLine.Uds}\n\nC8:93:46:85:41:38\n1.4.1\n"), _certGen.Error);

        StringAssert.StartsWith(
            _certGen.Output,
            "Application image: DPS Unique Device Secret, 64 hex characters (not shown): "
            + "Preferred registration ID (empty: made from MAC address and firmware version): MAC address: Firmware version [1.4.1]: "
            + "Registration ID: az-c89346854138v1v4v1");
        CollectionAssert.AreEqual(new[] { "az-c89346854138v1v4v1.pem", "image.pe" }, _certGen.Files);
    }

    [TestMethod]
    public void Empty_answers_take_what_is_proposed()
    {
        _certGen.WriteFile("DevKitDps.pe", CommandLine.MakeImage(2, 0, 7, 1));

        Assert.AreEqual(0, _certGen.Run([], $"\n{CommandLine.Uds}\n\nc89346854138\n\n"), _certGen.Error);

        CollectionAssert.Contains(_certGen.Files, "az-c89346854138v2v0v7.pem");
    }

    [TestMethod]
    public void Same_certificate_comes_from_answers_and_from_options()
    {
        Assert.AreEqual(0, _certGen.Run([], $"image.pe\r\n{CommandLine.Uds}\r\nmy-devkit\r\n"), _certGen.Error);
        string[] args = ["--image", "image.pe", "--uds", CommandLine.Uds, "--registration-id", "my-devkit", "--out", "other.pem"];
        Assert.AreEqual(0, _certGen.Run(args));

        Assert.AreEqual(File.ReadAllText(_certGen.PathOf("other.pem")), File.ReadAllText(_certGen.PathOf("my-devkit.pem")));
    }

    [TestMethod]
    [DataRow("--uds UDS --registration-id a", "image.pe\n", "Application image: ")]
    [DataRow("--image image.pe --registration-id a", "UDS\n", "DPS Unique Device Secret, 64 hex characters (not shown): ")]
    [DataRow("--image image.pe --uds UDS", "a\n", "Preferred registration ID (empty: made from MAC address and firmware version): ")]
    [DataRow("--image image.pe --uds UDS --firmware 1.4.1", "c89346854138\n", "MAC address: ")]
    [DataRow("--image plain.dll --uds UDS --mac c89346854138", "1.4.1\n", "Firmware version: ")]
    [DataRow("--image image.pe --uds UDS --registration-id b", "yes\n", "b.pem exists already. Replace it? (yes/no) [no]: ")]
    public void What_an_option_does_not_say_is_asked_for_at_a_console_and_nothing_else(string options, string answers, string question)
    {
        _certGen.WriteFile("plain.dll", [1, 2, 3]);
        _certGen.WriteFile("b.pem", [1, 2, 3]);
        string[] args = options.Replace("UDS", CommandLine.Uds, StringComparison.Ordinal).Split(' ');

        int exitCode = _certGen.RunAtConsole(args, answers.Replace("UDS", CommandLine.Uds, StringComparison.Ordinal));

        Assert.AreEqual(0, exitCode, _certGen.Error);
        StringAssert.StartsWith(_certGen.Output, question + "Registration ID: ");
    }

    [TestMethod]
    public void Who_gives_every_option_at_a_console_is_asked_nothing()
    {
        string[] args = ["--image", "image.pe", "--uds", CommandLine.Uds, "--mac", "c89346854138"];
        Assert.AreEqual(0, _certGen.RunAtConsole(args, ""), _certGen.Error);

        StringAssert.StartsWith(_certGen.Output, "Registration ID: az-c89346854138v1v4v1");
    }

    [TestMethod]
    [DataRow("yes", 0)]
    [DataRow("YES", 0)]
    [DataRow("no", 1)]
    [DataRow("", 1)]
    public void File_that_exists_is_replaced_only_when_asked_to(string answer, int exitCode)
    {
        _certGen.WriteFile("my-devkit.pem", [1, 2, 3]);

        Assert.AreEqual(exitCode, _certGen.Run([], $"image.pe\n{CommandLine.Uds}\nmy-devkit\n{answer}\n"));

        StringAssert.Contains(_certGen.Output, "my-devkit.pem exists already. Replace it? (yes/no) [no]: ");
        string kept = File.ReadAllText(_certGen.PathOf("my-devkit.pem"));
        Assert.AreEqual(exitCode == 0, kept.StartsWith("-----BEGIN CERTIFICATE-----\n", StringComparison.Ordinal));
        CollectionAssert.AreEqual(new[] { "image.pe", "my-devkit.pem" }, _certGen.Files);
    }

    [TestMethod]
    [DataRow("", "The input ended before an answer to \"Application image\".")]
    [DataRow("none.pe\n", "The image none.pe does not exist.")]
    [DataRow("image.pe\n", "The input ended before an answer to \"DPS Unique Device Secret")]
    [DataRow("image.pe\n0123\n", "A UDS is 64 hexadecimal characters (32 bytes), not 4.")]
    [DataRow("image.pe\nUDS\n", "The input ended before an answer to \"Preferred registration ID")]
    [DataRow("image.pe\nUDS\nMy_DevKit\n", "The registration ID \"My_DevKit\" has 'M' as character 1: ")]
    [DataRow("image.pe\nUDS\n\nc8934685413\n", "The MAC address \"c8934685413\" is malformed.")]
    [DataRow("image.pe\nUDS\n\nc89346854138\n1.4\n", "The firmware version \"1.4\" is malformed.")]
    public void Wrong_answer_from_a_pipe_ends_it_at_once(string input, string message)
    {
        Assert.AreEqual(1, _certGen.Run([], input.Replace("UDS", CommandLine.Uds, StringComparison.Ordinal)));

        StringAssert.StartsWith(_certGen.Error, "Error: " + message);
        CollectionAssert.AreEqual(new[] { "image.pe" }, _certGen.Files);
    }

    [TestMethod]
    [DataRow("none.pe|image.pe|UDS|my-devkit", "The image none.pe does not exist.")]
    [DataRow("image.pe|0123|UDS|my-devkit", "A UDS is 64 hexadecimal characters (32 bytes), not 4.")]
    [DataRow("image.pe|UDS|My-DevKit|my-devkit", "The registration ID \"My-DevKit\" has 'M' as character 1")]
    [DataRow("image.pe|UDS||c89|c89346854138|", "The MAC address \"c89\" is malformed.")]
    [DataRow("image.pe|UDS||c89346854138|1.4|1.4.1", "The firmware version \"1.4\" is malformed.")]
    [DataRow("UDS|image.pe|UDS|my-devkit", "The answer to \"Application image\" looks like a UDS and is not shown here.")]
    public void Wrong_answer_at_a_console_is_told_and_asked_again(string answers, string message)
    {
        string typed = answers.Replace("UDS", CommandLine.Uds, StringComparison.Ordinal).Replace('|', '\n') + "\n";

        Assert.AreEqual(0, _certGen.RunAtConsole([], typed), _certGen.Error);

        StringAssert.StartsWith(_certGen.Error, "Error: " + message);
        Assert.HasCount(1, _certGen.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.HasCount(2, _certGen.Files);
        Assert.IsFalse((_certGen.Error + _certGen.Output).Contains(CommandLine.Uds[..8], StringComparison.OrdinalIgnoreCase));
    }

    [TestMethod]
    public void Third_wrong_answer_at_a_console_ends_it()
    {
        Assert.AreEqual(1, _certGen.RunAtConsole([], "1.pe\n2.pe\n3.pe\nimage.pe\n"));

        Assert.HasCount(3, _certGen.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        StringAssert.Contains(_certGen.Error, "Error: The image 3.pe does not exist.");
    }

    [TestMethod]
    public void Image_is_proposed_that_exists_the_board_s_before_the_virtual_board_s()
    {
        _certGen.WriteFile("DevKitDps.dll", CommandLine.MakeImage(1, 4, 1, 0));
        _certGen.RunAtConsole([], "");
        StringAssert.StartsWith(_certGen.Output, "Application image [DevKitDps.dll]: ");

        _certGen.WriteFile("DevKitDps.pe", CommandLine.MakeImage(1, 4, 1, 0));
        _certGen.RunAtConsole([], "");
        StringAssert.StartsWith(_certGen.Output, "Application image [DevKitDps.pe]: ");
    }

    [TestMethod]
    public void Secret_is_never_printed()
    {
        _certGen.Run([], $"image.pe\n{CommandLine.Uds}\nmy-devkit\n");

        Assert.IsFalse(_certGen.Output.Contains(CommandLine.Uds[..8], StringComparison.OrdinalIgnoreCase));
    }
}
