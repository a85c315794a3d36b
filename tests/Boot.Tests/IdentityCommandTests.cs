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
public class IdentityCommandTests
{
    [TestMethod]
    public void A_UDS_is_stored_as_typed()
    {
        ConsoleSession session = new();
        Assert.AreEqual("INFO: Set DPS UDS successfully.\r\n", session.Execute("set_dps_uds " + Sample.Uds));
        Assert.AreEqual(Sample.Uds, session.Stored(Setting.Uds));
    }

    [TestMethod]
    [DataRow("19e2", "4")]
    [DataRow("19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eaeff", "66")]
    [DataRow("19e25a259dXc2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eae", "11")]
    [DataRow("0000000000000000000000000000000000000000000000000000000000000000", "")]
    [DataRow("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "")]
    public void A_bad_UDS_is_refused_before_anything_is_stored(string uds, string named)
    {
        ConsoleSession session = new();
        session.Execute("set_dps_uds " + Sample.Uds);
        string answer = session.Execute("set_dps_uds " + uds);
        Assert.StartsWith("Invalid UDS: ", answer);
        Assert.Contains(named, answer);
        Assert.DoesNotContain(uds, answer);
        Assert.AreEqual(Sample.Uds, session.Stored(Setting.Uds));
    }

    [TestMethod]
    public void Without_a_value_the_chip_makes_a_UDS_and_shows_it_once()
    {
        ConsoleSession session = new();
        string sent = session.Type("set_dps_uds\ryes\r");
        string stored = session.Stored(Setting.Uds)!;
        Assert.AreEqual(64, stored.Length);
        Assert.Contains($"\r\n{stored}\r\n", sent);
        Assert.DoesNotContain(stored, session.Execute("show"));
    }

    [TestMethod]
    public void Without_a_yes_no_UDS_is_made()
    {
        ConsoleSession session = new();
        Assert.Contains("Nothing was changed", session.Type("set_dps_uds\rno\r"));
        Assert.IsNull(session.Stored(Setting.Uds));
    }

    [TestMethod]
    [DataRow("My-DevKit")]
    [DataRow("my/devkit")]
    [DataRow("my-devkit.")]
    public void A_registration_ID_with_a_forbidden_character_is_refused(string id)
    {
        ConsoleSession session = new();
        Assert.StartsWith("Invalid registration ID: ", session.Execute("set_registration_id " + id));
        Assert.IsNull(session.Stored(Setting.Cloud));
    }

    [TestMethod]
    public void A_registration_ID_in_upper_case_is_answered_with_the_lower_case_spelling()
    {
        ConsoleSession session = new();
        Assert.EndsWith(
            " Nothing was stored.\r\nType: set_registration_id my-devkit\r\n", session.Execute("set_registration_id My-DevKit"));
        Assert.DoesNotContain("Type:", session.Execute("set_registration_id My/DevKit"));
        Assert.IsNull(session.Stored(Setting.Cloud));
    }

    [TestMethod]
    public void Show_identity_prints_what_the_engine_derives()
    {
        ConsoleSession session = new();
        session.Execute("set_dps_uds " + Sample.Uds);
        session.Execute("set_registration_id my-devkit");
        string answer = session.Execute("show_identity").Replace("\r\n", "\n", StringComparison.Ordinal);
        DiceCredential expected = DiceEngine.Derive(Convert.FromHexString(Sample.Uds), ConsoleSession.Image.Bytes, "my-devkit");
        Assert.Contains("Registration ID: my-devkit\n", answer);
        Assert.Contains("FWID: " + Convert.ToHexStringLower(expected.Fwid), answer);
        Assert.Contains("DeviceID key id: " + Convert.ToHexStringLower(expected.DeviceIdKeyId), answer);
        Assert.Contains("Alias key id: " + Convert.ToHexStringLower(expected.AliasKeyId), answer);
        Assert.Contains(Pem.Encode("CERTIFICATE", expected.AliasCertificate), answer);
    }

    [TestMethod]
    public void Show_request_prints_the_request_for_the_DeviceID_and_show_identity_does_not()
    {
        ConsoleSession session = new();
        session.Execute("set_dps_uds " + Sample.Uds);
        string answer = session.Execute("show_request").Replace("\r\n", "\n", StringComparison.Ordinal);
        byte[] request = DiceEngine.CreateDeviceIdRequest(Convert.FromHexString(Sample.Uds));
        Assert.EndsWith(Pem.Encode("CERTIFICATE REQUEST", request), answer);
        Assert.DoesNotContain("REQUEST", session.Execute("show_identity"));
    }

    [TestMethod]
    [DataRow("show_identity")]
    [DataRow("show_request")]
    public void Without_a_UDS_what_is_to_be_done_is_said(string command)
    {
        Assert.Contains("set_dps_uds", new ConsoleSession().Execute(command));
    }

    [TestMethod]
    public void A_certificate_of_another_key_is_not_stored()
    {
        ConsoleSession session = new();
        session.Execute("set_dps_uds " + Sample.Uds);
        byte[] other = DiceEngine.CreateDeviceIdCertificate(Encoding.ASCII.GetBytes("another secret of 32 bytes......"));
        Assert.StartsWith("Invalid DeviceID certificate: ", session.Execute("set_device_cert " + Convert.ToBase64String(other)));
        Assert.StartsWith("Invalid DeviceID certificate: ", session.Execute("set_device_cert not-base64"));
        Assert.IsNull(session.Stored(Setting.DeviceCertificate));
    }
}
