using System.Text;
using System.Text.Json;
using DevKit.Boot.Console;
using DevKit.Support;
using DevKit.Support.Boards;

namespace DevKit.Provisioning.Tests;

/// <summary>What is refused before any board sees it, and how what is not gets through the console's own rules.</summary>
[TestClass]
public sealed class OptionTests : IDisposable
{
    private readonly Workbench _bench = new();
    private readonly ScriptedBoard _board;

    public OptionTests() => _board = new ScriptedBoard(_bench.Image);

    public void Dispose()
    {
        _board.Dispose();
        _bench.Dispose();
    }

    [TestMethod]
    [DataRow("--wifi-ssid", "", "--wifi-ssid \"\" is no network's name. Give 1 to 32 bytes of UTF-8.")]
    [DataRow("--wifi-ssid", "123456789012345678901234567890123", "is no network's name.")]
    [DataRow("--wifi-ssid", "a\tb", "is no network's name.")]
    [DataRow("--wifi-ssid", "home", "--wifi-password is missing.")]
    [DataRow("--wifi-password", "-", "--wifi-password stands without --wifi-ssid.")]
    [DataRow("--id-scope", "", "--id-scope \"\" is malformed.")]
    [DataRow("--endpoint", "d\u00F6s", "--endpoint \"d\u00F6s\" is malformed.")]
    [DataRow("--registration-id", "My-DevKit", "Give it in lower case: --registration-id my-devkit")]
    [DataRow("--csr", "maybe", "--csr \"maybe\" is neither on nor off.")]
    [DataRow("--ca", "owner-ca.pem", "--ca stands alone. Give --ca and --ca-key, or neither.")]
    [DataRow("--ca-key", "owner-ca.key", "--ca-key stands alone.")]
    [DataRow("--timeout", "0", "--timeout 0 is out of range.")]
    [DataRow("--image", "nowhere", "The image nowhere does not exist.")]
    public async Task Bad_option_is_refused_before_any_board_sees_it(string option, string value, string message)
    {
        Assert.AreEqual(1, await _bench.ProvisionAsync(_board.Port, option, value));
        StringAssert.StartsWith(_bench.Error, "Error: ");
        StringAssert.Contains(_bench.Error, message);
        Assert.IsEmpty(_board.Lines);
    }

    [TestMethod]
    [DataRow("tcp:", "--port tcp: is malformed. Write tcp:PORT or tcp:HOST:PORT")]
    [DataRow("tcp:0", "--port tcp:0 is malformed.")]
    [DataRow("tcp:65536", "--port tcp:65536 is malformed.")]
    [DataRow("tcp:a:b:1", "--port tcp:a:b:1 is malformed.")]
    [DataRow("tcp:127.0.0.1:1", "tcp:127.0.0.1:1 can't be connected to: ")]
    [DataRow("/dev/no-such-port", "The serial port \"/dev/no-such-port\" ")]
    [DataRow("", "The serial port \"\" ")]
    public async Task Port_that_is_none_is_refused_with_what_to_do(string port, string message)
    {
        Assert.AreEqual(1, await _bench.ProvisionAsync(port));
        StringAssert.StartsWith(_bench.Error, "Error: " + message);
    }

    [TestMethod]
    public async Task With_JSON_one_board_is_set_up_and_one_document_is_printed_at_a_console_too()
    {
        Assert.AreEqual(0, await _bench.ProvisionAtConsoleAsync("", _board.Port, "--uds", "generate", "--json"), _bench.Error);
        using var document = JsonDocument.Parse(_bench.Output);
        Assert.AreEqual("my-devkit", document.RootElement.GetProperty("registrationId").GetString());
    }

    [TestMethod]
    public async Task Folder_that_is_not_there_is_refused()
    {
        Assert.AreEqual(1, await _bench.RunAsync(null, ["provision", "--port", _board.Port, "--out", _bench.PathOf("nowhere")]));
        StringAssert.Contains(_bench.Error, "nowhere does not exist. Make it first, or name another with --out.");
    }

    [TestMethod]
    [DataRow("plain")]
    [DataRow("with blanks  in it ")]
    [DataRow("\"quoted\"")]
    [DataRow("back\\slash\\")]
    [DataRow("\\ \\\" \\\\ \" \\")]
    [DataRow("Gr\u00FC\u00DFe \U0001F600")]
    public async Task Value_arrives_as_it_is(string value)
    {
        string password = _bench.WriteSecret("wifi.txt", value), uds = _bench.WriteSecret("uds.txt", Sample.Uds);
        Assert.AreEqual(
            0, await _bench.ProvisionAsync(_board.Port, "--wifi-ssid", "x", "--wifi-password", password, "--uds", uds), _bench.Error);
        byte[] typed = Encoding.UTF8.GetBytes(_board.Lines.Single(line => line.StartsWith("set_wifipwd", StringComparison.Ordinal)));

        var words = Boot.Console.CommandLine.Parse(typed, typed.Length, out string problem);
        Assert.IsNull(problem);
        Assert.AreEqual(2, words.Count);
        Assert.AreEqual(value, words.GetText(1));
    }

    [TestMethod]
    public async Task Empty_password_is_that_of_an_open_network()
    {
        string[] args = ["--wifi-ssid", "open", "--wifi-password", _bench.WriteSecret("wifi.txt", "")];
        string uds = _bench.WriteSecret("uds.txt", Sample.Uds);
        Assert.AreEqual(0, await _bench.ProvisionAsync(_board.Port, [.. args, "--uds", uds]), _bench.Error);
        CollectionAssert.Contains(_board.Lines.ToArray(), "set_wifipwd");
    }

    [TestMethod]
    public void Longest_certificate_of_a_CA_fits_the_console_s_line()
    {
        string line = "set_device_cert " + Convert.ToBase64String(new byte[CertGen.Authority.OwnerAuthority.LongestCertificate]);
        Assert.IsLessThanOrEqualTo(LineEditor.Capacity, line.Length);
        string longer = "set_device_cert " + Convert.ToBase64String(new byte[CertGen.Authority.OwnerAuthority.LongestCertificate + 1]);
        Assert.IsGreaterThan(LineEditor.Capacity, longer.Length);
    }
}
