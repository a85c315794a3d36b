using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Mqtt;
using DevKit.Platform;
using DevKit.Support;
using DevKit.Support.Servers;

namespace DevKit.Sim.Tests.Commands;

/// <summary>How <c>run</c> comes to its cloud, and what it says when it does not.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "Elsewhere no environment variable leads to another folder for application data.")]
public sealed class LocalCloudTests : IDisposable
{
    private const string Host = "global.azure-devices-provisioning.net";

    private readonly string _dataHome = Directory.CreateTempSubdirectory("devkit-cloud-").FullName;
    private readonly X509Certificate2 _ca = Certificates.Authority("local");
    private readonly FolderLock _held;
    private readonly ScriptedServer _server;

    public LocalCloudTests()
    {
        _server = new ScriptedServer(Certificates.Server(_ca, RSA.Create(2048), Host, DateTimeOffset.UtcNow.AddDays(10)));
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(_dataHome, "uds.txt"), Sample.Uds);
        _held = FolderLock.TryAcquire(Folder)!;
    }

    public TestContext TestContext { get; set; } = null!;

    private string Folder => Path.Combine(_dataHome, "devkit-emulator");

    private string CaFile => Path.Combine(Folder, "ca.pem");

    public void Dispose()
    {
        _server.Dispose();
        _held.Dispose();
        _ca.Dispose();
        Directory.Delete(_dataHome, recursive: true);
    }

    [TestMethod]
    public async Task A_local_cloud_that_runs_is_found_trusted_and_told_of()
    {
        Announce(_ca);
        using BoardProcess session = Run();
        string told = await session.Output.ReadUntilAsync("not so with --cloud none.]");
        Assert.Contains($"lead to 127.0.0.1:{_server.Port}, and {CaFile} is trusted", told);
        ConnectPacket connect = await _server.AcceptConnectAsync();
        Assert.StartsWith("az-c89346", connect.ClientId);

        // It is trusted for this run, and not stored.
        Assert.IsFalse(File.Exists(Path.Combine(_dataHome, "board", "ca.pem")));
    }

    [TestMethod]
    public async Task A_CA_given_by_option_is_stored_and_trusted_beside_that_of_the_local_cloud()
    {
        Announce(_ca);
        using X509Certificate2 other = Certificates.Authority("other");
        string file = Path.Combine(_dataHome, "other.pem");
        await File.WriteAllTextAsync(file, other.ExportCertificatePem(), TestContext.CancellationToken);
        using BoardProcess session = Run("--ca", file);
        await _server.AcceptConnectAsync();
        string stored = Path.Combine(_dataHome, "board", "ca.pem");
        Assert.AreEqual(other.ExportCertificatePem(), await File.ReadAllTextAsync(stored, TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow("--cloud", "none")]
    [DataRow("--cloud", "127.0.0.1:1")]
    [DataRow("--nanoclr", "console")]
    public async Task A_board_that_is_to_go_elsewhere_or_nowhere_does_not_look_for_it(string option, string value)
    {
        Announce(_ca);
        using BoardProcess session = Run(option, value);
        Assert.DoesNotContain("local cloud", await session.Output.ReadUntilAsync("Started by: power."));
    }

    [TestMethod]
    public async Task A_local_cloud_that_was_killed_is_not_found()
    {
        Announce(_ca);
        _held.Dispose();
        using BoardProcess session = Run();
        Assert.DoesNotContain("local cloud", await session.Output.ReadUntilAsync("Started by: power."));
    }

    [TestMethod]
    public async Task A_CA_of_another_cloud_is_told_in_words()
    {
        using X509Certificate2 other = Certificates.Authority("other");
        Announce(other);
        using BoardProcess session = Run();
        Task<ConnectPacket> refused = _server.AcceptConnectAsync();
        string told = await session.Output.ReadUntilAsync("Next try: ");
        Assert.Contains($"ERROR: The certificate of {Host} is refused (TLS -9984).", told);
        Assert.Contains("its CA is neither one of Azure's nor stored in the device", told);
        await Assert.ThrowsAsync<Exception>(() => refused);
    }

    [TestMethod]
    [DataRow("127.0.0.1:1", Host, $"ERROR: No connection to {Host} (socket error ")]
    [DataRow("none", "no.such.invalid", "ERROR: The name no.such.invalid can't be resolved.")]
    public async Task A_cloud_that_is_not_there_is_told_without_the_names_of_exceptions(string cloud, string host, string message)
    {
        using BoardProcess session = Run("--cloud", cloud, "--set", $"dps_endpoint={host}");
        string told = await session.Output.ReadUntilAsync("Next try: ");
        Assert.Contains(message, told);
        Assert.DoesNotContain("Exception", told);
    }

    [TestMethod]
    public async Task The_first_prompt_of_a_new_board_has_the_three_steps_above_it()
    {
        Announce(_ca);
        string board = Path.Combine(_dataHome, "new");
        using (BoardProcess session = BoardProcess.StartAt(_dataHome, "--board", board))
        {
            string told = await session.Output.ReadUntilAsync("# ");
            string[] lines = told.Split('\n', StringSplitOptions.TrimEntries);
            int first = Array.FindIndex(lines, line => line.StartsWith("[This board is new. Three steps", StringComparison.Ordinal));
            Assert.StartsWith("[1. A cloud: the local one runs, its page is http://127.0.0.1:8080/", lines[first + 1]);
            Assert.StartsWith("[2. Type: set_wifissid VirtualWifi; set_wifipwd virtual-password; set_dps_uds; ", lines[first + 2]);
            Assert.Contains("set_dps_idscope 0ne0012A4F7; exit.", lines[first + 2]);
            Assert.StartsWith("[3. DevKitSim image, CertGen; ", lines[first + 3]);
            CollectionAssert.AreEqual(new[] { "", "#" }, lines[(first + 4)..]);
            await session.Input.WriteAsync("set_wifissid mine\n".AsMemory(), TestContext.CancellationToken);
            await session.Input.FlushAsync(TestContext.CancellationToken);
            await session.Output.ReadUntilAsync("INFO: Set Wi-Fi SSID successfully.");
        }

        using BoardProcess again = BoardProcess.StartAt(_dataHome, "--board", board);
        Assert.DoesNotContain("Three steps", await again.Output.ReadUntilAsync("# "));
    }

    private void Announce(X509Certificate2 ca)
    {
        File.WriteAllText(CaFile, ca.ExportCertificatePem());
        new LocalCloud($"127.0.0.1:{_server.Port}", new Uri("http://127.0.0.1:8080"), "0ne0012A4F7", CaFile).Announce(Folder);
    }

    private BoardProcess Run(params string[] options)
    {
        string[] settings = ["--join", "--uds", Path.Combine(_dataHome, "uds.txt"), "--set", "dps_idscope=0ne0012A4F7"];
        return BoardProcess.StartAt(_dataHome, ["--board", Path.Combine(_dataHome, "board"), .. settings, .. options]);
    }
}
