using System.Text;
using DevKit.Board;
using DevKit.Boot;
using DevKit.Boot.Identity;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Dice.Hashing;
using DevKit.Support;
using DevKit.Support.Machines;

namespace DevKit.Boot.Tests;

[TestClass]
[DoNotParallelize]
public class FirstStageTests
{
    [TestMethod]
    public void Button_A_held_at_start_enters_configuration_mode()
    {
        ConsoleSession session = new(machine => machine.SetPin(BoardPins.ButtonA, false));
        session.Machine.Receive("exit\r"u8.ToArray());
        Assert.ThrowsExactly<RebootException>(() => MakeStage(session, ConsoleSession.Image).Run());
        Assert.Contains("Configuration console:", session.Machine.Sent);
        Assert.DoesNotContain("MAC:", session.Machine.Sent);
    }

    [TestMethod]
    public void Button_A_pressed_while_the_stage_waits_enters_configuration_mode()
    {
        ConsoleSession session = new();
        Thread stage = Start(session, ConsoleSession.Image, window: 60_000);
        session.Machine.WaitForSent("Press button A");
        session.Machine.SetPin(BoardPins.ButtonA, false);
        session.Machine.WaitForSent("Configuration console:");
        session.Machine.Receive("exit\r"u8.ToArray());
        stage.Join();
    }

    [TestMethod]
    public void Without_a_UDS_the_remedy_is_told_and_the_console_is_reachable()
    {
        AssertStops(_ => { }, ConsoleSession.Image, "No Unique Device Secret is stored.", "set_dps_uds");
    }

    [TestMethod]
    public void A_UDS_of_zeros_is_told()
    {
        AssertStops(
            session => session.Parts.Chip.UpdateZone(6, 0, Encoding.ASCII.GetBytes(new string('0', 64) + "\0")), ConsoleSession.Image,
            "can't be used", "set_dps_uds");
    }

    [TestMethod]
    public void A_damaged_image_is_told()
    {
        byte[] junk = [.. Enumerable.Repeat((byte)0x55, 4096)];
        AssertStops(WriteUds, FirmwareImage.Read(junk), "The application image does not begin as", "flash the board again");
        AssertStops(
            WriteUds, FirmwareImage.Read([.. "MZ"u8, .. new byte[4096]]),
            "The application image begins as a .dll does (MZ), but is no .NET assembly.", "flash the board again");
    }

    [TestMethod]
    public void An_image_without_an_application_is_told()
    {
        byte[] other = File.ReadAllBytes(typeof(DiceEngine).Assembly.Location);
        AssertStops(WriteUds, FirmwareImage.Read(other), "it has no class that implements IApplication", "flash the board again");
    }

    [TestMethod]
    public void The_measured_image_runs_with_the_identity_that_it_was_measured_to()
    {
        ConsoleSession session = new();
        WriteUds(session);
        Start(session, ConsoleSession.Image, window: 0);
        DiceCredential expected = DiceEngine.Derive(Convert.FromHexString(Sample.Uds), ConsoleSession.Image.Bytes, Sample.RegistrationId);
        session.Machine.WaitForSent("No Wi-Fi network is set.");
        Assert.Contains("MAC: c89346854138\r\n", session.Machine.Sent);
        Assert.Contains("Firmware version: 1.0.0\r\n", session.Machine.Sent);
        Assert.Contains("Registration ID: az-c89346854138v1v0v0\r\n", session.Machine.Sent);
        Assert.Contains("FWID: " + Convert.ToHexStringLower(expected.Fwid), session.Machine.Sent);
        session.Machine.Dispose();
    }

    [TestMethod]
    public void What_stands_in_a_zone_and_is_no_setting_is_told_and_left_alone()
    {
        ConsoleSession session = new();
        WriteUds(session);
        byte[] junk = [0x80, 0x81, 0x82, 0x83];
        session.Parts.Chip.UpdateZone(5, 0, junk);
        Start(session, ConsoleSession.Image, window: 0);
        session.Machine.WaitForSent("No Wi-Fi network is set.");
        Assert.Contains("WARNING: The cloud setting is not used: ", session.Machine.Sent);
        CollectionAssert.AreEqual(junk, session.Parts.Chip.ReadZone(5, 0, 4));
        session.Machine.Dispose();
    }

    [TestMethod]
    [DataRow("both buttons", true)]
    [DataRow("B alone", false)]
    public void Only_button_A_enters_configuration_mode(string what, bool isAPressed)
    {
        ConsoleSession session = new(machine =>
        {
            machine.SetPin(BoardPins.ButtonB, false);
            machine.SetPin(BoardPins.ButtonA, !isAPressed);
        });
        TestMachine.Start(MakeStage(session, FirmwareImage.WithoutApplication(BootVersion.Text), window: 0).Run);
        session.Machine.WaitForSent(isAPressed ? "Configuration console:" : "No Unique Device Secret");
        Assert.AreEqual(isAPressed, !session.Machine.Sent.Contains("No Unique Device Secret", StringComparison.Ordinal), what);
    }

    [TestMethod]
    public void A_build_without_an_application_shows_the_identity_and_serves_the_console()
    {
        ConsoleSession session = new(machine => machine.PhysicalAddress = null);
        WriteUds(session);
        session.Machine.Receive("show_identity\rexit\r"u8.ToArray());
        Assert.ThrowsExactly<RebootException>(
            () => MakeStage(session, FirmwareImage.WithoutApplication(BootVersion.Text), window: 0).Run());
        session.Machine.PowerOn();
        string registrationId = RegistrationId.FromMac(DeviceIdentity.FindMac(), BootVersion.Text);
        DiceCredential expected = DiceEngine.Derive(
            Convert.FromHexString(Sample.Uds), Encoding.ASCII.GetBytes(FirmwareImage.NoApplication), registrationId);
        Assert.Contains("This build has no application.", session.Machine.Sent);
        Assert.Contains("Certificate SHA-256: " + Convert.ToHexStringLower(Sha256.Hash(expected.AliasCertificate)), session.Machine.Sent);
        Assert.IsFalse(session.Machine.ReadPin(BoardPins.RgbRed));
    }

    [TestMethod]
    public void Without_a_network_stack_the_MAC_is_made_of_the_unique_ID()
    {
        _ = new ConsoleSession(machine => machine.PhysicalAddress = null);
        byte[] digest = System.Security.Cryptography.SHA256.HashData([.. Enumerable.Range(1, 12).Select(i => (byte)i)]);
        byte[] expected = digest[..6];
        expected[0] = (byte)((expected[0] & 0xFC) | 2);
        CollectionAssert.AreEqual(expected, DeviceIdentity.FindMac());
    }

    [TestMethod]
    public void Without_a_serial_port_the_stage_still_comes_to_its_message()
    {
        ConsoleSession session = new(machine => machine.SerialPorts = []);
        Assert.IsFalse(session.Parts.Serial.IsOpen);
        Start(session, ConsoleSession.Image, window: 0);
        session.Machine.WaitForRed();
        Assert.AreEqual("", session.Machine.Sent);

        // The remedy is not one for a console that is not there: drawing the screen expected changes nothing.
        string shown = session.Machine.Display.ToBlockText();
        session.Parts.Panel.Show("No UDS", "Needs an image with a serial port", "", "");
        Assert.AreEqual(session.Machine.Display.ToBlockText(), shown);
        session.Machine.Dispose();
    }

    private static void WriteUds(ConsoleSession session) => session.Parts.Store.Write(Setting.Uds, Encoding.ASCII.GetBytes(Sample.Uds));

    private static void AssertStops(Action<ConsoleSession> prepare, FirmwareImage image, string message, string remedy)
    {
        ConsoleSession session = new();
        prepare(session);
        session.Machine.Receive("version\rexit\r"u8.ToArray());
        Assert.ThrowsExactly<RebootException>(() => MakeStage(session, image, window: 0).Run());
        session.Machine.PowerOn();
        int error = session.Machine.Sent.IndexOf("ERROR: ", StringComparison.Ordinal);
        Assert.IsGreaterThan(0, error);
        string told = session.Machine.Sent[error..session.Machine.Sent.IndexOf("Configuration console:", StringComparison.Ordinal)];
        Assert.Contains(message, told);
        Assert.Contains(remedy, told);
        Assert.Contains("Boot: " + BootVersion.Text, session.Machine.Sent);
        Assert.IsTrue(session.Machine.IsRed);
    }

    private static FirstStage MakeStage(ConsoleSession session, FirmwareImage image, int window = 3000) =>
        new(session.Parts, image, window);

    private static Thread Start(ConsoleSession session, FirmwareImage image, int window)
    {
        FirstStage stage = MakeStage(session, image, window);
        return TestMachine.Start(stage.Run);
    }
}
