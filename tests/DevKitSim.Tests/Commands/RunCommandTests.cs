using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Platform;
using DevKit.Support.Screens;

namespace DevKit.Sim.Tests.Commands;

/// <summary><c>run</c> by its command line.</summary>
[TestClass]
[DoNotParallelize]
public sealed class RunCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devkit-run-").FullName;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("--serial", "cable", "--serial cable: write terminal, pty, or tcp:PORT")]
    [DataRow("--serial", "tcp:65536", "--serial tcp:65536: write")]
    [DataRow("--serial", "tcp:", "--serial tcp:: write")]
    [DataRow("--i2c", "-1", "--i2c -1: write a TCP port")]
    [DataRow("--i2c", "bus", "--i2c bus: write a TCP port")]
    [DataRow("--nanoclr", "Network 2", "--nanoclr Network 2: write network, console or published")]
    [DataRow("--set", "wifissid", "--set: write NAME=VALUE")]
    [DataRow("--set", "Wifi SSID=a", "--set: write NAME=VALUE")]
    [DataRow("--set", "wifissid=", "--set: write NAME=VALUE")]
    [DataRow("--set", "dps_uds=00", "give it by --uds FILE")]
    [DataRow("--set", "wifissid=a\nb", "--set wifissid: the value is empty, or has a control character")]
    [DataRow("--uds", "/no/such/file", "--uds: there is no such file")]
    [DataRow("--cloud", "localhost:8883", "--cloud localhost:8883: write ADDRESS:PORT with an IP address")]
    [DataRow("--cloud", "127.0.0.1", "--cloud 127.0.0.1: write ADDRESS:PORT")]
    [DataRow("--wifi", ":password", "--wifi :password: write NAME:PASSWORD")]
    [DataRow("--wifi", "nonsense", "--wifi nonsense: write NAME:PASSWORD")]
    [DataRow("--ca", "/no/such/file", "--ca /no/such/file: there is no such file")]
    [DataRow("--ca", "/no/such/ca.pem", "the local cloud makes its own when it first starts: start it, then this")]
    [DataRow("--image", "/no/such/file", "--image /no/such/file: there is no such file")]
    [DataRow("--screen", "/no/such/folder/screen.png", "--screen /no/such/folder/screen.png: there is no such folder")]
    [DataRow("--frob", "1", "--frob")]
    public async Task Nonsense_is_refused_with_what_to_write(string option, string value, string message)
    {
        string refusal = await RefuseAsync(option, value);
        Assert.Contains(message, refusal);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(_folder).ToArray());
    }

    [TestMethod]
    public async Task A_network_given_twice_is_refused()
    {
        Assert.Contains("--wifi home: this network is given twice", await RefuseAsync("--wifi", "home:a", "--wifi", "home:b"));
    }

    [TestMethod]
    public async Task An_application_for_an_image_that_carries_none_is_refused()
    {
        string image = typeof(Program).Assembly.Location;
        Assert.Contains("--image goes with --nanoclr network", await RefuseAsync("--image", image, "--nanoclr", "console"));
    }

    [TestMethod]
    [DataRow("pty")]
    [DataRow("terminal")]
    [DataRow("tcp:0")]
    public async Task A_serial_line_to_an_image_that_has_no_port_is_refused(string line)
    {
        string refusal = await RefuseAsync("--nanoclr", "published", "--serial", line);
        Assert.Contains($"--serial {line}: the published image has no serial port", refusal);
        Assert.Contains("--nanoclr network or console", refusal);
    }

    [TestMethod]
    public async Task A_busy_port_is_named_with_its_option()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        Assert.Contains($"--i2c {port}: TCP port {port} can't be opened: ", await RefuseAsync("--i2c", $"{port}"));
        Assert.Contains($"--serial tcp:{port}: TCP port {port} can't be opened: ", await RefuseAsync("--serial", $"tcp:{port}"));
    }

    [TestMethod]
    public async Task A_CA_file_that_holds_no_certificate_is_refused_and_the_stored_one_kept()
    {
        string file = Path.Combine(_folder, "nonsense.pem");
        await File.WriteAllTextAsync(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", TestContext.CancellationToken);
        string stored = Path.Combine(_folder, "ca.pem");
        await File.WriteAllTextAsync(stored, "as it was", TestContext.CancellationToken);
        Assert.Contains($"--ca {file}: ", await RefuseAsync("--ca", file));
        Assert.AreEqual("as it was", await File.ReadAllTextAsync(stored, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task What_an_option_is_refused_for_leaves_the_settings_of_others_undone()
    {
        string board = Path.Combine(_folder, "board");
        string file = Path.Combine(_folder, "nonsense.pem");
        await File.WriteAllTextAsync(file, "nonsense", TestContext.CancellationToken);
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string[][] refused = [["--ca", file], ["--serial", $"tcp:{((IPEndPoint)other.LocalEndpoint).Port}"]];
        foreach (string[] options in refused)
        {
            await CommandLine.RefuseAsync(["run", "--board", board, "--set", "wifissid=new", .. options]);
            Assert.IsFalse(File.Exists(Path.Combine(board, "stsafe.json")), options[0]);
        }
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_is_named_with_the_option()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.CancellationToken);
        string refusal = await CommandLine.RefuseAsync("run", "--board", file);
        Assert.Contains($"--board {file}: the board can't be kept there: ", refusal);
        Assert.Contains("Name another folder with --board.", refusal);
    }

    [TestMethod]
    public async Task A_board_that_another_program_runs_is_left_alone()
    {
        using FolderLock? other = FolderLock.TryAcquire(_folder);
        Assert.Contains(
            $"--board {_folder}: another program runs this board. End it, or name another folder with --board.", await RefuseAsync());
    }

    [TestMethod]
    public async Task A_script_sets_the_board_up_through_a_pipe_and_a_signal_ends_the_session()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no such signal.");
        }

        string screen = Path.Combine(_folder, "screen.png");
        string board = Path.Combine(_folder, "board");
        using BoardProcess session = new("--board", board, "--hold-a", "--screen", screen, "--i2c", "0");
        await session.Input.WriteAsync("set_wifissid neighbours\nshow\nexit\n".AsMemory(), TestContext.CancellationToken);
        session.Input.Close();
        Assert.Contains("[I2C bus: TCP 127.0.0.1:", await session.Output.ReadUntilAsync("[button A released]"));
        await session.Output.ReadUntilAsync("wifissid: neighbours");
        await session.Output.ReadUntilAsync("Started by: exit from the console.");
        await session.Output.ReadUntilAsync("ERROR: No Unique Device Secret is stored.");
        await session.Output.ReadUntilAsync("# ");
        Assert.AreEqual(0, await session.EndAsync("TERM", TestContext.CancellationToken));
        Assert.AreEqual(ScreenPictures.Draw(Screen.Find("no-uds")).ToBlockText(), ScreenPictures.ReadBlockText(screen));
    }

    [TestMethod]
    public async Task A_session_ends_when_nobody_reads_its_output_any_more()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no such pipes.");
        }

        using BoardProcess session = new("--board", _folder);
        await session.Output.ReadUntilAsync("Started by: power.");
        session.CloseOutput();
        Assert.AreEqual(0, await session.WaitAsync(TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_refused_start_leaves_the_stored_CA()
    {
        string stored = Path.Combine(_folder, "ca.pem");
        await File.WriteAllTextAsync(stored, "as it was", TestContext.CancellationToken);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=CA", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        string ca = Path.Combine(_folder, "new-ca.pem");
        await File.WriteAllTextAsync(ca, certificate.ExportCertificatePem(), TestContext.CancellationToken);
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        await RefuseAsync("--ca", ca, "--i2c", $"{((IPEndPoint)other.LocalEndpoint).Port}");
        Assert.AreEqual("as it was", await File.ReadAllTextAsync(stored, TestContext.CancellationToken));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<string> RefuseAsync(params string[] options) => CommandLine.RefuseAsync(["run", "--board", _folder, .. options]);
}
