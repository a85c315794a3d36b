using System.Text;
using DevKit.Boot;
using DevKit.Boot.Console;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Support;
using DevKit.Support.Machines;
using DevKit.VirtualParts.I2c;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Boot.Tests;

[TestClass]
[DoNotParallelize]
public class ConsoleCommandTests
{
    [TestMethod]
    public void On_entry_the_four_commands_that_set_a_board_up_come_then_the_prompt()
    {
        ConsoleSession session = new();
        session.Type("");
        string entry = session.Machine.Sent[..session.Machine.Sent.IndexOf(LineEditor.Prompt, StringComparison.Ordinal)];
        string[] commands = [.. entry.Split("\r\n").Where(line => line.StartsWith(" - ", StringComparison.Ordinal)).Select(NameOf)];
        CollectionAssert.AreEqual(new[] { "set_wifissid", "set_wifipwd", "set_dps_uds", "set_dps_idscope" }, commands);
        Assert.StartsWith("Configuration console:\r\n", entry);
        Assert.Contains("help lists all commands", entry);
    }

    [TestMethod]
    public void Help_lists_all_commands()
    {
        string[] commands = [.. new ConsoleSession().Execute("help").Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(NameOf)];
        CollectionAssert.AreEquivalent(
            new[]
            {
                "help", "version", "exit", "scan", "set_wifissid", "set_wifipwd", "set_az_iothub", "set_dps_uds", "set_az_iotdps",
                "set_dps_csr", "enable_secure", "set_dps_endpoint", "set_dps_idscope", "set_registration_id", "set_device_cert", "show",
                "show_identity", "show_request", "clear",
            },
            commands);
    }

    // " - name arguments: what it does."
    private static string NameOf(string line) => line[3..].Split(' ', ':')[0];

    [TestMethod]
    [DataRow("set_dps_ud x", "set_dps_uds")]
    [DataRow("set_wifi_ssid x", "set_wifissid")]
    [DataRow("hlep", "help")]
    [DataRow("SHOW", "show")]
    [DataRow("show_identiy", "show_identity")]
    [DataRow("set_registrationid x", "set_registration_id")]
    public void A_name_that_is_nearly_a_commands_is_answered_with_that(string line, string meant)
    {
        string name = line.Split(' ')[0];
        Assert.AreEqual($"Error:Invalid command: {name}\r\nDid you mean {meant}?\r\n", new ConsoleSession().Execute(line));
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("set")]
    [DataRow("reboot")]
    [DataRow("set_everything")]
    [DataRow("\"\"")]
    public void A_name_that_is_near_none_is_answered_with_none(string line)
    {
        Assert.DoesNotContain("Did you mean", new ConsoleSession().Execute(line));
    }

    [TestMethod]
    [DataRow("set_wifissid \"my home\"", "my home")]
    [DataRow("set_wifissid my\\ home", "my home")]
    [DataRow("set_wifissid say\\\"so\\\"", "say\"so\"")]
    [DataRow("set_wifissid Café", "Café")]
    public void Quotes_and_escapes_make_one_word(string line, string stored)
    {
        ConsoleSession session = new();
        Assert.StartsWith("INFO: Set Wi-Fi SSID successfully.\r\n", session.Execute(line));
        Assert.AreEqual(stored, session.Stored(Setting.WifiSsid));
    }

    [TestMethod]
    public void An_open_quote_is_a_syntax_error()
    {
        ConsoleSession session = new();
        Assert.AreEqual("Error:Syntax error\r\n", session.Execute("set_wifissid \"home"));
        Assert.IsNull(session.Stored(Setting.WifiSsid));
    }

    [TestMethod]
    public void A_fifth_word_is_refused()
    {
        Assert.StartsWith("Error:Too many words", new ConsoleSession().Execute("a b c d e"));
    }

    [TestMethod]
    [DataRow("set_wifissid my network")]
    [DataRow("set_wifissid my network at home")]
    [DataRow("set_wifissid my network at home, upstairs")]
    public void A_name_with_blanks_is_answered_with_the_quotes(string line)
    {
        ConsoleSession session = new();
        Assert.Contains("double quotes, as in set_wifissid \"my network\"\r\n", session.Execute(line));
        Assert.IsNull(session.Stored(Setting.WifiSsid));
    }

    [TestMethod]
    public void A_command_without_a_value_says_nothing_of_quotes()
    {
        Assert.AreEqual("Usage: show\r\n", new ConsoleSession().Execute("show all"));
    }

    [TestMethod]
    [DataRow(new byte[] { (byte)'C', (byte)'a', (byte)'f', 0xE9 }, "Byte 4", "E9")]
    [DataRow(new byte[] { 0xC3, (byte)'x' }, "Byte 1", "C3")]
    [DataRow(new byte[] { (byte)'x', 0xF0, 0x9F, 0x98 }, "Byte 2", "F0")]
    public void A_name_in_another_encoding_is_refused_with_the_byte(byte[] name, string position, string value)
    {
        ConsoleSession session = new();
        string sent = session.Type([.. "set_wifissid "u8, .. name, .. "\r"u8]);
        Assert.Contains($"Invalid Wi-Fi SSID: {position} of the Wi-Fi name, {value} in hexadecimal, is no UTF-8: set the monitor", sent);
        Assert.IsNull(session.Stored(Setting.WifiSsid));
    }

    [TestMethod]
    public void A_missing_value_shows_the_usage()
    {
        Assert.AreEqual("Usage: set_wifissid <SSID>\r\n", new ConsoleSession().Execute("set_wifissid"));
    }

    [TestMethod]
    public void Each_half_of_the_Wifi_settings_tells_of_the_other()
    {
        ConsoleSession session = new();
        Assert.Contains("No Wi-Fi password is set", session.Execute("set_wifissid home"));
        Assert.Contains("The stored Wi-Fi SSID was kept", session.Execute("set_wifipwd password"));
        Assert.Contains("The stored Wi-Fi password was kept", session.Execute("set_wifissid other"));
        Assert.AreEqual("password", session.Stored(Setting.WifiPassword));
    }

    [TestMethod]
    public void No_password_clears_it()
    {
        ConsoleSession session = new();
        session.Execute("set_wifipwd password");
        Assert.StartsWith("INFO: Clear Wi-Fi password successfully.\r\n", session.Execute("set_wifipwd"));
        Assert.IsNull(session.Stored(Setting.WifiPassword));
    }

    [TestMethod]
    public void A_command_that_fails_leaves_the_console_running()
    {
        TestMachine machine = new TestMachine().Install();
        ThrowingChip chip = new();
        machine.Bus.Attach(VirtualStSafe.Address, chip);
        BoardParts parts = BoardParts.Open();
        chip.Fails = true;
        machine.Receive("show\rversion\rexit\r"u8.ToArray());
        Assert.ThrowsExactly<RebootException>(() => new ConfigurationConsole(parts, ConsoleSession.Image).Run());
        Assert.Contains("ERROR: show failed: InvalidOperationException. out of memory, say\r\n", machine.Sent);
        Assert.Contains("Boot: ", machine.Sent);
    }

    private sealed class ThrowingChip : II2cTarget
    {
        private readonly VirtualStSafe _chip = new(new MemoryChipStore());

        public bool Fails { get; set; }

        public NanoStandIns.I2cOutcome Write(ReadOnlySpan<byte> bytes) => Fails
            ? throw new InvalidOperationException("out of memory, say")
            : _chip.Write(bytes);

        public NanoStandIns.I2cOutcome Read(Span<byte> bytes) => _chip.Read(bytes);
    }

    [TestMethod]
    public void Show_tells_secrets_only_as_set()
    {
        ConsoleSession session = new();
        session.Execute("set_wifissid home");
        session.Execute("set_wifipwd my-password");
        session.Execute("set_dps_uds " + Sample.Uds);
        session.Execute("set_az_iothub HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey=c2VjcmV0");
        Assert.AreEqual(
            "wifissid: home\r\nwifipwd: set\r\ndps_uds: set\r\ndevice_cert: not set\r\n"
                + "az_iothub: HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey is set\r\n",
            session.Execute("show"));
    }

    [TestMethod]
    public void Scan_lists_the_networks()
    {
        Assert.AreEqual("Available networks:\r\n  home\r\n", new ConsoleSession().Execute("scan"));
        Assert.AreEqual("No available network.\r\n", new ConsoleSession(machine => machine.WifiNetworks.Clear()).Execute("scan"));
        Assert.StartsWith("ERROR: ", new ConsoleSession(machine => machine.PhysicalAddress = null).Execute("scan"));
    }

    [TestMethod]
    public void Enable_secure_says_why_it_is_not_offered()
    {
        Assert.StartsWith("ERROR: enable_secure is not offered: ", new ConsoleSession().Execute("enable_secure 1 key"));
    }

    [TestMethod]
    public void Clear_refuses_what_is_no_setting()
    {
        Assert.StartsWith("Invalid setting: bogus\r\nUsage: ", new ConsoleSession().Execute("clear bogus"));
    }

    [TestMethod]
    public void A_chip_that_does_not_answer_is_told_and_the_console_goes_on()
    {
        TestMachine machine = new TestMachine().Install();
        machine.Bus.Attach(VirtualStSafe.Address, new DeadChip());
        BoardParts parts = BoardParts.Open();
        machine.Receive("set_wifissid home\rshow\rshow_identity\rshow_request\rexit\r"u8.ToArray());
        Assert.ThrowsExactly<RebootException>(() => new ConfigurationConsole(parts, ConsoleSession.Image).Run());
        foreach (string command in new[] { "set_wifissid home", "show", "show_identity", "show_request" })
        {
            string answer = machine.Sent[machine.Sent.IndexOf($"# {command}\r\n", StringComparison.Ordinal)..];
            Assert.Contains("ERROR: The secure element does not answer: ", answer[..answer.IndexOf("\r\n# ", StringComparison.Ordinal)]);
        }
    }

    private sealed class DeadChip : II2cTarget
    {
        public NanoStandIns.I2cOutcome Write(ReadOnlySpan<byte> bytes) => NanoStandIns.I2cOutcome.NotAcknowledged;

        public NanoStandIns.I2cOutcome Read(Span<byte> bytes) => NanoStandIns.I2cOutcome.NotAcknowledged;
    }
}
