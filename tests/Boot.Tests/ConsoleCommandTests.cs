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
    public void On_entry_the_help_comes_then_the_prompt()
    {
        ConsoleSession session = new();
        session.Type("");
        string sent = session.Machine.Sent;
        foreach (
            string name in new[] { "help", "version", "exit", "scan", "set_wifissid", "set_wifipwd", "set_az_iothub", "set_dps_uds",
            "set_az_iotdps", "enable_secure", "set_dps_endpoint", "set_dps_idscope", "set_registration_id", "set_device_cert", "show",
            "show_identity", "clear" })
        {
            Assert.IsTrue(
                sent.Contains($" - {name}:", StringComparison.Ordinal) || sent.Contains($" - {name} ", StringComparison.Ordinal), name);
        }

        Assert.StartsWith("Configuration console:\r\n", sent);
        Assert.Contains(".\r\n\r\n# ", sent);
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
    public void Dps_settings_are_changed_one_by_one()
    {
        ConsoleSession session = new();
        session.Execute("set_dps_idscope 0ne0012A4F7");
        session.Execute("set_registration_id my-devkit");
        string answer = session.Execute("set_dps_endpoint dps.example.org");
        Assert.AreEqual("INFO: Set DPS endpoint successfully.\r\nINFO: The device asks DPS for its hub.\r\n", answer);
        Assert.AreEqual("DPSEndpoint=dps.example.org;IdScope=0ne0012A4F7;RegistrationId=my-devkit", session.Stored(Setting.Cloud));
        session.Execute("clear registration_id");
        Assert.AreEqual("DPSEndpoint=dps.example.org;IdScope=0ne0012A4F7", session.Stored(Setting.Cloud));
    }

    [TestMethod]
    public void A_hub_takes_the_place_of_DPS_and_the_other_way_round()
    {
        ConsoleSession session = new();
        session.Execute("set_dps_idscope 0ne0012A4F7");
        Assert.Contains(
            "connects to the hub", session.Execute("set_az_iothub HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey=a2V5"));
        Assert.Contains("takes the place of the stored IoT Hub connection string", session.Execute("set_dps_idscope 0ne0012A4F8"));
        Assert.AreEqual("IdScope=0ne0012A4F8", session.Stored(Setting.Cloud));
    }

    [TestMethod]
    [DataRow("set_dps_endpoint \"\"", "It is empty.")]
    [DataRow("set_dps_endpoint a.ţxample", "no host name")]
    [DataRow("set_dps_endpoint a.example:8884", "no host name")]
    [DataRow("set_dps_idscope 0neABC;RegistrationId=other", "other characters than letters and digits")]
    public void A_value_that_is_no_single_field_is_refused(string line, string message)
    {
        ConsoleSession session = new();
        session.Execute("set_dps_idscope 0ne0012A4F7");
        string answer = session.Execute(line);
        Assert.StartsWith("Invalid DPS ", answer);
        Assert.Contains(message, answer);
        Assert.AreEqual("IdScope=0ne0012A4F7", session.Stored(Setting.Cloud));
    }

    [TestMethod]
    public void Clearing_the_way_that_is_not_set_leaves_the_other()
    {
        ConsoleSession session = new();
        session.Execute("set_dps_idscope 0ne0012A4F7");
        Assert.AreEqual("INFO: az_iothub is not set.\r\n", session.Execute("clear az_iothub"));
        Assert.AreEqual("IdScope=0ne0012A4F7", session.Stored(Setting.Cloud));
        session.Execute("set_az_iothub HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey=a2V5");
        Assert.AreEqual("INFO: az_iotdps is not set.\r\n", session.Execute("clear az_iotdps"));
        Assert.IsNotNull(session.Stored(Setting.Cloud));
        Assert.AreEqual("INFO: Clear az_iothub successfully.\r\n", session.Execute("clear az_iothub"));
        Assert.IsNull(session.Stored(Setting.Cloud));
    }

    [TestMethod]
    public void Clearing_the_last_field_of_DPS_clears_the_rest_of_it()
    {
        ConsoleSession session = new();
        session.Execute("set_az_iotdps IdScope=0neA;DeviceId=d");
        Assert.AreEqual("INFO: Clear dps_idscope successfully.\r\n", session.Execute("clear dps_idscope"));
        Assert.IsNull(session.Stored(Setting.Cloud));
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
    public void A_connection_string_of_the_other_form_is_refused()
    {
        ConsoleSession session = new();
        string answer = session.Execute("set_az_iotdps HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey=a2V5");
        Assert.StartsWith("Invalid DPS connection string", answer);
        Assert.DoesNotContain("a2V5", answer);
        Assert.IsNull(session.Stored(Setting.Cloud));
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
        machine.Receive("set_wifissid home\rshow\rexit\r"u8.ToArray());
        Assert.ThrowsExactly<RebootException>(() => new ConfigurationConsole(parts, ConsoleSession.Image).Run());
        Assert.Contains("ERROR: The secure element does not answer: ", machine.Sent);
    }

    private sealed class DeadChip : II2cTarget
    {
        public NanoStandIns.I2cOutcome Write(ReadOnlySpan<byte> bytes) => NanoStandIns.I2cOutcome.NotAcknowledged;

        public NanoStandIns.I2cOutcome Read(Span<byte> bytes) => NanoStandIns.I2cOutcome.NotAcknowledged;
    }
}
