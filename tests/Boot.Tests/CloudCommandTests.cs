using DevKit.Boot.Settings;

namespace DevKit.Boot.Tests;

[TestClass]
[DoNotParallelize]
public class CloudCommandTests
{
    [TestMethod]
    [DataRow("0ne0012A4F7", null)]
    [DataRow("0ne0012a4f7", null)]
    [DataRow("0ne", "\"0ne\"")]
    [DataRow("0NE0012A4F7", "\"0NE0012A4F7\"")]
    [DataRow("one0012A4F7", "\"one0012A4F7\"")]
    [DataRow("0ne0012A4G7", "\"0ne0012A4G7\"")]
    public void An_unusual_ID_scope_is_stored_with_a_warning(string idScope, string? warned)
    {
        ConsoleSession session = new();
        string answer = session.Execute("set_dps_idscope " + idScope);
        Assert.AreEqual("IdScope=" + idScope, session.Stored(Setting.Cloud));
        Assert.AreEqual(warned != null, answer.Contains($"WARNING: The ID scope {warned}", StringComparison.Ordinal), answer);
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
    public void A_certificate_by_CSR_is_switched_on_and_off_whatever_the_attestation()
    {
        ConsoleSession session = new();
        session.Execute("set_az_iotdps IdScope=0ne0012A4F7;DeviceId=d;SymmetricKey=a2V5");
        Assert.Contains("dps_csr: off\r\n", session.Execute("show"));
        Assert.StartsWith("INFO: Set DPS CSR successfully.\r\n", session.Execute("set_dps_csr on"));
        Assert.AreEqual("IdScope=0ne0012A4F7;DeviceId=d;SymmetricKey=a2V5;Csr=on", session.Stored(Setting.Cloud));
        Assert.Contains("dps_csr: on\r\n", session.Execute("show"));
        session.Execute("set_dps_csr off");
        Assert.AreEqual("IdScope=0ne0012A4F7;DeviceId=d;SymmetricKey=a2V5", session.Stored(Setting.Cloud));
        session.Execute("set_dps_csr on");
        Assert.AreEqual("INFO: Clear dps_csr successfully.\r\n", session.Execute("clear dps_csr"));
        Assert.AreEqual("IdScope=0ne0012A4F7;DeviceId=d;SymmetricKey=a2V5", session.Stored(Setting.Cloud));
    }

    [TestMethod]
    public void A_certificate_by_CSR_is_on_or_off_and_nothing_else()
    {
        ConsoleSession session = new();
        Assert.StartsWith("Invalid DPS CSR: \"yes\" is neither on nor off.", session.Execute("set_dps_csr yes"));
        Assert.IsNull(session.Stored(Setting.Cloud));
    }

    [TestMethod]
    public void Switching_the_CSR_off_leaves_a_hub_and_what_is_no_setting_alone()
    {
        const string Hub = "HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey=a2V5";
        ConsoleSession session = new();
        session.Execute("set_az_iothub " + Hub);
        Assert.AreEqual("INFO: dps_csr is not set.\r\n", session.Execute("set_dps_csr off"));
        Assert.AreEqual(Hub, session.Stored(Setting.Cloud));
        session.Execute("clear az_iothub");
        session.Parts.Chip.UpdateZone(5, 0, [0x80, 0x81]);
        Assert.AreEqual("INFO: dps_csr is not set.\r\n", session.Execute("set_dps_csr off"));
        CollectionAssert.AreEqual(new byte[] { 0x80, 0x81 }, session.Parts.Chip.ReadZone(5, 0, 2));
    }

    [TestMethod]
    public void What_is_replaced_is_told_only_once_it_is()
    {
        ConsoleSession session = new();
        session.Execute("set_az_iothub HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey=a2V5");
        Assert.DoesNotContain("takes the place", session.Execute("set_dps_endpoint a.example:8884"));
        string answer = session.Execute("set_dps_csr on");
        Assert.IsGreaterThan(
            answer.IndexOf("successfully", StringComparison.Ordinal),
            answer.IndexOf("takes the place of the stored", StringComparison.Ordinal));
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
    [DataRow("set_dps_idscope \"\"", "It is empty.")]
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
    public void A_connection_string_of_the_other_form_is_refused()
    {
        ConsoleSession session = new();
        string answer = session.Execute("set_az_iotdps HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey=a2V5");
        Assert.StartsWith("Invalid DPS connection string", answer);
        Assert.DoesNotContain("a2V5", answer);
        Assert.IsNull(session.Stored(Setting.Cloud));
    }
}
