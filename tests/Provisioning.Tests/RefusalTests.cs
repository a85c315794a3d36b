using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using DevKit.CertGen.Manifests;
using DevKit.Sim.Serial;
using DevKit.Support;
using DevKit.Support.Boards;

namespace DevKit.Provisioning.Tests;

/// <summary>What boards refuse, and what becomes of boards that are unplugged, silent, or others than they should be.</summary>
[TestClass]
public sealed class RefusalTests : IDisposable
{
    private const string OtherUds = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly Workbench _bench = new();
    private readonly ScriptedBoard _board;
    private readonly string[] _given;

    public RefusalTests()
    {
        _board = new ScriptedBoard(_bench.Image);
        _given = ["--uds", _bench.WriteSecret("uds.txt", Sample.Uds), "--image", _bench.Image];
    }

    public TestContext TestContext { get; set; } = null!;

    public void Dispose()
    {
        _board.Dispose();
        _bench.Dispose();
    }

    [TestMethod]
    public async Task Board_that_answers_as_it_should_is_set_up()
    {
        Assert.AreEqual(0, await _bench.ProvisionAsync(_board.Port, _given), _bench.Error);
        CollectionAssert.AreEqual(new[] { "my-devkit.pem" }, _bench.Results);
    }

    [TestMethod]
    [DataRow(
        "Invalid UDS: It is odd. Nothing was stored.", "The board refuses set_dps_uds: Invalid UDS: It is odd. Nothing was stored. Mend")]
    [DataRow("Usage: set_dps_uds [64 hex characters]", "The board refuses set_dps_uds: Usage: set_dps_uds [64 hex characters]")]
    [DataRow("ERROR: Failed.\n       Pull the plug.", "The board refuses set_dps_uds: ERROR: Failed. Pull the plug. Mend")]
    [DataRow("Error:Invalid command: set_dps_uds", "The board refuses set_dps_uds: Error:Invalid command: set_dps_uds")]
    [DataRow("", "The board did not confirm set_dps_uds.")]
    [DataRow("INFO: Set it.\nERROR: Or not.", "The board refuses set_dps_uds: ERROR: Or not.")]
    public async Task What_the_board_refuses_is_told_and_ends_it(string answer, string message)
    {
        _board["set_dps_uds"] = answer;
        await AssertRefusedAsync(_given, message);
        Assert.IsFalse(_board.Lines.Contains("show_identity"));
    }

    [TestMethod]
    [DataRow("show")]
    [DataRow("set_dps_uds")]
    [DataRow("set_dps_idscope")]
    [DataRow("show_request")]
    [DataRow("set_device_cert")]
    [DataRow("show_identity")]
    public async Task Board_that_is_unplugged_is_told_and_no_certificate_is_written(string command)
    {
        string[] ca = await _bench.MakeAuthorityAsync();
        _board[command] = ScriptedBoard.Unplugged;
        await AssertRefusedAsync(["--id-scope", "0ne1", .. _given, .. ca], $"The board at {_board.Port} is gone: it was unplugged");
    }

    [TestMethod]
    public async Task Board_that_falls_silent_is_told()
    {
        _board["show_identity"] = ScriptedBoard.Silent;
        await AssertRefusedAsync([.. _given, "--timeout", "1"], $"The board at {_board.Port} did not answer show_identity within 1 s.");
    }

    [TestMethod]
    public async Task Board_that_does_not_prompt_is_told()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string port = $"tcp:127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        Assert.AreEqual(1, await _bench.ProvisionAsync(port, [.. _given, "--timeout", "1"]));
        StringAssert.StartsWith(_bench.Error, $"Error: The board at {port} did not prompt within 1 s. Bring it into configuration mode");
    }

    [TestMethod]
    public async Task What_a_line_says_that_is_closed_at_once_is_told()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        Task<int> provisioning = _bench.ProvisionAsync($"tcp:{((IPEndPoint)other.LocalEndpoint).Port}", _given);
        using (TcpClient client = await other.AcceptTcpClientAsync(TestContext.CancellationToken))
        {
            byte[] buffer = new byte[1024];
            await client.GetStream().ReadExactlyAsync(buffer, TestContext.CancellationToken);
            await client.GetStream().WriteAsync("Another monitor is connected.\r\n"u8.ToArray(), TestContext.CancellationToken);
        }

        Assert.AreEqual(1, await provisioning);
        StringAssert.Contains(_bench.Error, "is gone: the other side closed the line and said \"Another monitor is connected.\".");
    }

    [TestMethod]
    public async Task UDS_that_was_made_for_a_board_that_went_away_is_kept_and_named()
    {
        _board["set_dps_idscope"] = ScriptedBoard.Unplugged;
        Assert.AreEqual(1, await _bench.ProvisionAsync(_board.Port, "--uds", "generate", "--id-scope", "0ne1"));
        string file = _bench.PathOf(_bench.Results.Single());
        StringAssert.Contains(_bench.Error, $"The UDS that was made for this board is in {file}: go on with --uds {file}");

        _board.Mend("set_dps_idscope");
        Assert.AreEqual(0, await _bench.ProvisionAsync(_board.Port, "--uds", file, "--id-scope", "0ne1"), _bench.Error);
        CollectionAssert.Contains(_bench.Results, "my-devkit.pem");
    }

    [TestMethod]
    public async Task Board_with_another_UDS_another_image_or_an_altered_certificate_is_told_from_the_right_one()
    {
        byte[] uds = Convert.FromHexString(Sample.Uds), image = File.ReadAllBytes(_bench.Image);
        string right = ScriptedBoard.DescribeIdentity(uds, image, "my-devkit");

        _board["show_identity"] = ScriptedBoard.DescribeIdentity(Convert.FromHexString(OtherUds), image, "my-devkit");
        await AssertRefusedAsync(_given, ": it holds another UDS. No certificate was written");
        await AssertRefusedAsync(_given[..2], ": it holds another UDS. No certificate was written");
        _board["show_identity"] = ScriptedBoard.DescribeIdentity(uds, [.. image, 0], "my-devkit");
        await AssertRefusedAsync(_given, ": it runs another image. No certificate was written");
        _board["show_identity"] = right.Replace("Registration ID: my-devkit", "Registration ID: my-devkis", StringComparison.Ordinal);
        await AssertRefusedAsync(_given, ": it runs another engine. No certificate was written");
        await AssertRefusedAsync([.. _given, "--registration-id", "my-devkit"], "shows registration ID my-devkis instead of my-devkit.");
        _board["show_identity"] = right;
        await AssertRefusedAsync([.. _given, .. await _bench.MakeAuthorityAsync()], "shows another DeviceID certificate than the one");
        _board["show_identity"] = right.Replace("MAC: ", "Mac: ", StringComparison.Ordinal);
        await AssertRefusedAsync(_given, "The board's answer to show_identity has no line \"MAC: \".");
    }

    [TestMethod]
    public async Task Board_that_asks_with_another_key_is_not_signed()
    {
        _board["show_request"] = "INFO: Making it.\n" + Dice.Encodings.Pem.Encode(
            "CERTIFICATE REQUEST", Dice.DiceEngine.CreateDeviceIdRequest(Convert.FromHexString(OtherUds)));
        await AssertRefusedAsync([.. _given, .. await _bench.MakeAuthorityAsync()], "it did not keep the UDS.");
        Assert.IsFalse(_board.Lines.Any(line => line.StartsWith("set_device_cert", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Board_is_put_into_the_manifest_beside_others_and_keeps_what_was_said_of_it()
    {
        Assert.AreEqual(0, await _bench.ProvisionAsync(_board.Port, _given), _bench.Error);
        ManifestEntry made = Manifest.Read(_bench.PathOf(Manifest.FileName)).Single();
        string[] lines =
        [
            (made with { CertificateSha1 = "old", Hub = "hub.example.net" }).ToJson(), (made with { RegistrationId = "other" }).ToJson(),
        ];
        File.WriteAllLines(_bench.PathOf(Manifest.FileName), lines);

        Assert.AreEqual(0, await _bench.ProvisionAsync(_board.Port, _given), _bench.Error);

        string[] now = File.ReadAllLines(_bench.PathOf(Manifest.FileName));
        CollectionAssert.AreEqual(new[] { lines[1], (made with { Hub = "hub.example.net" }).ToJson() }, now);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_bench.PathOf("my-devkit.pem"));
        CollectionAssert.AreEqual(certificate.RawData, made.ReadCertificate(_bench.Folder));
    }

    [TestMethod]
    public async Task Certificate_that_differs_is_not_replaced_and_one_that_is_the_same_is_left_alone()
    {
        Assert.AreEqual(0, await _bench.ProvisionAsync(_board.Port, _given), _bench.Error);
        Assert.AreEqual(0, await _bench.ProvisionAsync(_board.Port, _given), _bench.Error);
        File.WriteAllText(_bench.PathOf("my-devkit.pem"), "mine");
        Assert.AreEqual(1, await _bench.ProvisionAsync(_board.Port, _given));
        StringAssert.Contains(_bench.Error, "my-devkit.pem exists already. Give --force to replace it");
        Assert.AreEqual("mine", _bench.ReadText("my-devkit.pem"));
    }

    [TestMethod]
    public async Task At_a_console_one_board_after_the_other_is_set_up_and_one_that_fails_stops_no_other()
    {
        _board["set_dps_idscope"] = "Invalid DPS ID scope: no. Nothing was stored.";
        string[] args = ["--uds", "generate", "--id-scope", "0ne1"];
        Task<int> work = _bench.ProvisionAtConsoleAsync("\nwhat\nq\n", _board.Port, args);

        Assert.AreEqual(1, await work);
        StringAssert.Contains(_bench.Output, "Boards set up: 0; failed: 2");
        StringAssert.Contains(_bench.Error, "holds another UDS");

        _board.Mend("set_dps_idscope");
        _board.Exchange();
        Assert.AreEqual(0, await _bench.ProvisionAtConsoleAsync("q\n", _board.Port, args), _bench.Error);
        StringAssert.Contains(_bench.Output, "Boards set up: 1; failed: 0");
    }

    [TestMethod]
    public async Task Serial_port_that_goes_away_is_told()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("This system has no pseudo-terminals.");
        }

        using TestBoard board = new(TestContext.CancellationToken);
        PtySerialLine line = new(board.Board);
        line.Attach();
        Task<int> provisioning = _bench.ProvisionAsync(line.Path, _given);
        await _bench.WaitForAsync("is not in configuration mode");
        line.Dispose();

        Assert.AreEqual(1, await provisioning);
        StringAssert.StartsWith(_bench.Error, $"Error: The board at {line.Path} is gone: ");
    }

    private async Task AssertRefusedAsync(string[] args, string message)
    {
        _board.Exchange();
        Assert.AreEqual(1, await _bench.ProvisionAsync(_board.Port, args), _bench.Output);
        StringAssert.StartsWith(_bench.Error, "Error: ");
        StringAssert.Contains(_bench.Error, message);
        Assert.IsEmpty(_bench.Results);
        Assert.IsFalse(File.Exists(_bench.PathOf(Manifest.FileName)));
        Assert.IsFalse((_bench.Output + _bench.Error).Contains(Sample.Uds, StringComparison.OrdinalIgnoreCase));
    }
}
