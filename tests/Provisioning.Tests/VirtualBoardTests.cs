using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Sim.Serial;
using DevKit.Support;
using DevKit.Support.Boards;

namespace DevKit.Provisioning.Tests;

/// <summary>Boards with this project's firmware, at the lines by which people reach them.</summary>
[TestClass]
public sealed class VirtualBoardTests : IDisposable
{
    private readonly Workbench _bench = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _bench.Dispose();

    [TestMethod]
    public async Task Fresh_board_at_a_TCP_port_becomes_one_that_the_owner_s_CA_vouches_for()
    {
        const string Password = "a \"word\" with \\ and \\\" in it";
        using TestBoard board = new(TestContext.CancellationToken);
        using TcpSerialLine line = new(board.Board, 0);
        line.Attach();
        await board.ConfigureAsync();
        string[] ca = await _bench.MakeAuthorityAsync();

        int code = await _bench.ProvisionAsync(
            $"tcp:{line.Port}",
            ["--json", "--wifi-ssid", "Caf\u00E9 at home", "--wifi-password", _bench.WriteSecret("wifi.txt", Password),
                "--id-scope", "0ne00ABCDEF", "--endpoint", "dps.example.net", "--registration-id", "plant-3", "--csr", "on",
                "--uds", _bench.WriteSecret("uds.txt", Sample.Uds), "--image", _bench.Image, .. ca]);

        Assert.AreEqual(0, code, _bench.Error);
        DiceCredential made = DiceEngine.Derive(Convert.FromHexString(Sample.Uds), File.ReadAllBytes(_bench.Image), "plant-3");
        Assert.AreEqual(Pem.Encode("CERTIFICATE", made.AliasCertificate), _bench.ReadText("plant-3.pem"));
        string deviceId = $"devkit-{Hex.Encode(made.DeviceIdKeyId)[..16]}.pem";
        CollectionAssert.AreEqual(new[] { deviceId, "plant-3.pem" }, _bench.Results);
        using var report = JsonDocument.Parse(_bench.Output[_bench.Output.LastIndexOf("\n{", StringComparison.Ordinal)..]);
        Assert.AreEqual(Sample.Mac, report.RootElement.GetProperty("mac").GetString());
        Assert.IsTrue(report.RootElement.GetProperty("isCompared").GetBoolean());
        Assert.IsFalse((_bench.Output + _bench.Error).Contains(Sample.Uds, StringComparison.OrdinalIgnoreCase));
        Assert.IsFalse((_bench.Output + _bench.Error).Contains("in it", StringComparison.OrdinalIgnoreCase));

        board.Board.PullPlug();
        Assert.AreEqual("Caf\u00E9 at home", board.ReadStoredText(Setting.WifiSsid));
        Assert.AreEqual(Password, board.ReadStoredText(Setting.WifiPassword));
        Assert.AreEqual(Sample.Uds, board.ReadStoredText(Setting.Uds));
        Assert.AreEqual(_bench.ReadText(deviceId), board.ReadStoredText(Setting.DeviceCertificate));
        string cloud = board.ReadStoredText(Setting.Cloud)!;
        StringAssert.Contains(cloud, "0ne00ABCDEF");
        StringAssert.Contains(cloud, "dps.example.net");
        StringAssert.Contains(cloud, "plant-3");
    }

    [TestMethod]
    public async Task Fresh_board_at_a_serial_port_gets_a_UDS_of_its_own_that_nobody_else_may_read()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("This system has no pseudo-terminals.");
            return;
        }

        using TestBoard board = new(TestContext.CancellationToken);
        using PtySerialLine line = new(board.Board);
        line.Attach();
        await board.ConfigureAsync();

        Assert.AreEqual(0, await _bench.ProvisionAsync(line.Path, "--uds", "generate", "--image", _bench.Image), _bench.Error);

        string secret = _bench.Results.Single(name => name.EndsWith(".uds", StringComparison.Ordinal));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_bench.PathOf(secret)));
        byte[] uds = Convert.FromHexString(_bench.ReadText(secret).TrimEnd());
        DiceCredential made = DiceEngine.Derive(uds, File.ReadAllBytes(_bench.Image), Sample.RegistrationId);
        Assert.AreEqual(Pem.Encode("CERTIFICATE", made.AliasCertificate), _bench.ReadText(Sample.RegistrationId + ".pem"));
        Assert.IsFalse(_bench.Output.Contains(Hex.Encode(uds), StringComparison.OrdinalIgnoreCase));
    }

    [TestMethod]
    public async Task Board_that_is_not_in_configuration_mode_is_waited_for_and_its_user_told_how()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        using TcpSerialLine line = new(board.Board, 0);
        line.Attach();
        Task<int> provisioning = _bench.ProvisionAsync($"tcp:{line.Port}", "--uds", _bench.WriteSecret("uds.txt", Sample.Uds));
        await _bench.WaitForAsync("is not in configuration mode: hold button A, press and release reset, and let go of A.");
        await board.ConfigureAsync();

        Assert.AreEqual(0, await provisioning, _bench.Error);
        StringAssert.Contains(_bench.Output, "compared with nothing");
    }

    [TestMethod]
    public async Task Board_with_another_UDS_keeps_it_unless_that_is_forced()
    {
        const string Other = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        using TestBoard board = new(TestContext.CancellationToken);
        using TcpSerialLine line = new(board.Board, 0);
        line.Attach();
        await board.ConfigureAsync();
        string port = $"tcp:{line.Port}";
        Assert.AreEqual(0, await _bench.ProvisionAsync(port, "--uds", _bench.WriteSecret("uds.txt", Sample.Uds)), _bench.Error);

        string[] args = ["--uds", _bench.WriteSecret("other.txt", Other)];
        await TestBoard.WaitUntilAsync(() => !line.HasMonitor, "The line is free.");
        Assert.AreEqual(1, await _bench.ProvisionAsync(port, args));
        StringAssert.StartsWith(_bench.Error, $"Error: The board at {port} holds another UDS");
        await TestBoard.WaitUntilAsync(() => !line.HasMonitor, "The line is free.");
        Assert.AreEqual(1, await _bench.ProvisionAsync(port, "--uds", "generate"));
        await TestBoard.WaitUntilAsync(() => !line.HasMonitor, "The line is free.");
        Assert.AreEqual(0, await _bench.ProvisionAsync(port, "--uds", _bench.PathOf("uds.txt")), _bench.Error);
        CollectionAssert.AreEqual(new[] { Sample.RegistrationId + ".pem" }, _bench.Results);

        await TestBoard.WaitUntilAsync(() => !line.HasMonitor, "The line is free.");
        Assert.AreEqual(0, await _bench.ProvisionAsync(port, [.. args, "--force"]), _bench.Error);
        board.Board.PullPlug();
        Assert.AreEqual(Other, board.ReadStoredText(Setting.Uds));
    }

    [TestMethod]
    public async Task Board_that_keeps_its_UDS_is_vouched_for_and_half_a_line_of_somebody_before_does_no_harm()
    {
        using TestBoard board = new(TestContext.CancellationToken);
        using TcpSerialLine line = new(board.Board, 0);
        line.Attach();
        await board.ConfigureAsync();
        await board.ExecuteAsync("set_dps_uds " + Sample.Uds);
        board.Board.TypeSerial("set_wifissid half"u8);
        await TestBoard.WaitUntilAsync(() => board.Serial.Tail.EndsWith("set_wifissid half", StringComparison.Ordinal), "The echo.");

        Assert.AreEqual(0, await _bench.ProvisionAsync($"tcp:{line.Port}", await _bench.MakeAuthorityAsync()), _bench.Error);

        using var root = X509CertificateLoader.LoadCertificateFromFile(_bench.PathOf("owner-ca.pem"));
        string deviceId = _bench.Results.Single(name => name.StartsWith("devkit-", StringComparison.Ordinal));
        using var signed = X509CertificateLoader.LoadCertificateFromFile(_bench.PathOf(deviceId));
        Assert.AreEqual(root.Subject, signed.Issuer);
        board.Board.PullPlug();
        Assert.IsNull(board.ReadStoredText(Setting.WifiSsid));
    }
}
