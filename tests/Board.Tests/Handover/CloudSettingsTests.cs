using System.Text;
using DevKit.Board.Handover;
using DevKit.Dice;

namespace DevKit.Board.Tests.Handover;

/// <summary>The two connection strings of zone 5.</summary>
[TestClass]
public sealed class CloudSettingsTests
{
    private const string Hub = "HostName=hub.azure-devices.net;DeviceId=az-1;SharedAccessKey=QUJDREVGR0g=";
    private const string Dps =
        "DPSEndpoint=global.azure-devices-provisioning.net;IdScope=0ne0000ABCD;RegistrationId=az-c89346854138v1v4v1;"
        + "DeviceId=d1;SymmetricKey=QUJDRA==";

    [TestMethod]
    public void Hub_string_is_taken_apart()
    {
        CloudSettings settings = Parse(Hub);
        Assert.AreEqual(CloudKind.Hub, settings.Kind);
        Assert.AreEqual("hub.azure-devices.net", settings.HostName);
        Assert.AreEqual("az-1", settings.DeviceId);
        Assert.AreEqual("QUJDREVGR0g=", settings.SharedAccessKey);
        Assert.IsNull(settings.IdScope);
    }

    [TestMethod]
    public void Dps_string_is_taken_apart()
    {
        CloudSettings settings = Parse(Dps);
        Assert.AreEqual(CloudKind.Dps, settings.Kind);
        Assert.AreEqual("global.azure-devices-provisioning.net", settings.DpsEndpoint);
        Assert.AreEqual("0ne0000ABCD", settings.IdScope);
        Assert.AreEqual("az-c89346854138v1v4v1", settings.RegistrationId);
        Assert.AreEqual("d1", settings.DeviceId);
        Assert.AreEqual("QUJDRA==", settings.SymmetricKey);
        Assert.IsNull(settings.HostName);
    }

    [TestMethod]
    [DataRow(Hub)]
    [DataRow(Dps)]
    [DataRow("IdScope=0ne0000ABCD")]
    [DataRow("DPSEndpoint=127.0.0.1;RegistrationId=a")]
    [DataRow(Dps + ";Csr=on")]
    [DataRow("Csr=on")]
    public void Text_is_written_as_it_was_read(string text) => Assert.AreEqual(text, Text(Parse(text)));

    [TestMethod]
    public void Fields_in_any_order_and_a_semicolon_at_the_end_are_taken_and_the_original_s_order_is_written() =>
        Assert.AreEqual("DPSEndpoint=a.example;IdScope=0ne1;DeviceId=x", Text(Parse("DeviceId=x;IdScope=0ne1;DPSEndpoint=a.example;")));

    [TestMethod]
    public void One_field_changes_and_the_others_stay()
    {
        CloudSettings settings = Parse(Dps);
        settings.IdScope = "0ne9999ZZZZ";
        Assert.AreEqual(Dps.Replace("0ne0000ABCD", "0ne9999ZZZZ", StringComparison.Ordinal), Text(settings));
        settings.SymmetricKey = null;
        settings.DeviceId = "";
        Assert.AreEqual(
            "DPSEndpoint=global.azure-devices-provisioning.net;IdScope=0ne9999ZZZZ;RegistrationId=az-c89346854138v1v4v1", Text(settings));
    }

    [TestMethod]
    public void A_certificate_by_CSR_is_a_field_of_DPS_that_comes_and_goes()
    {
        CloudSettings settings = Parse(Dps);
        Assert.IsFalse(settings.IsCsrWanted);
        settings.IsCsrWanted = true;
        Assert.AreEqual(Dps + ";Csr=on", Text(settings));
        Assert.IsTrue(Parse(Text(settings)).IsCsrWanted);
        settings.IsCsrWanted = false;
        Assert.AreEqual(Dps, Text(settings));
        settings = Parse("Csr=on");
        Assert.AreEqual(CloudKind.Dps, settings.Kind);
        settings.IsCsrWanted = false;
        Assert.AreEqual(CloudKind.None, settings.Kind);
    }

    [TestMethod]
    public void No_text_is_no_settings()
    {
        CloudSettings settings = CloudSettings.Parse(null, out string problem);
        Assert.IsNull(problem);
        Assert.AreEqual(CloudKind.None, settings.Kind);
        Assert.IsNull(settings.ToBytes());
        settings.IdScope = "0ne1";
        Assert.AreEqual(CloudKind.Dps, settings.Kind);
    }

    [TestMethod]
    [DataRow("", "no field")]
    [DataRow(";;", "no field")]
    [DataRow("hello", "Field 1")]
    [DataRow("IdScope=0ne1;Password=x", "Field 2")]
    [DataRow("IdScope=0ne1;IdScope=0ne1", "IdScope is given twice")]
    [DataRow("HostName=h.example;DeviceId=a", "needs all of")]
    [DataRow("HostName=h.example;SharedAccessKey=QUJD", "needs all of")]
    [DataRow("HostName=h.example;DeviceId=a;SharedAccessKey=QUJD;IdScope=0ne1", "mixes")]
    [DataRow(Hub + ";Csr=on", "mixes")]
    [DataRow("IdScope=0ne1;Csr=off", "Csr")]
    [DataRow("IdScope=0ne1;Csr=On", "Csr")]
    [DataRow("DeviceId=a", "alone")]
    [DataRow("HostName=h.example;SharedAccessKeyName=iothubowner;SharedAccessKey=QUJD", "device's own")]
    [DataRow("IdScope=0ne 1", "IdScope has")]
    [DataRow("DPSEndpoint=http://a.example", "no host name")]
    [DataRow("DPSEndpoint=a.example:99999", "no host name")]
    [DataRow("DPSEndpoint=a.example:0", "no host name")]
    [DataRow("DPSEndpoint=a.example:", "no host name")]
    [DataRow("RegistrationId=Az", "RegistrationId")]
    [DataRow("IdScope=0ne1;DeviceId=a b", "DeviceId")]
    [DataRow("IdScope=0ne1;DeviceId=plant/1", "DeviceId")]
    [DataRow("IdScope=0ne1;DeviceId=plant#1", "DeviceId has a #")]
    [DataRow("HostName=h.example;DeviceId=a+;SharedAccessKey=QUJD", "DeviceId has a +")]
    [DataRow("IdScope=0ne1;DeviceId=a;b", "A semicolon ends a field")]
    [DataRow("IdScope=0ne1;SymmetricKey=QUJ", "not base64")]
    [DataRow("IdScope=0ne1;SymmetricKey=QU=D", "not base64")]
    [DataRow("IdScope=0ne1;SymmetricKey=====", "not base64")]
    [DataRow("IdScope=0ne1\u00E9", "ASCII")]
    [DataRow("IdScope=0ne1\n", "ASCII")]
    public void Anything_else_is_unrecognized_and_the_sentence_says_why(string text, string named)
    {
        CloudSettings settings = CloudSettings.Parse(Encoding.UTF8.GetBytes(text), out string problem);
        Assert.Contains(named, problem);
        Assert.AreEqual(CloudKind.Unrecognized, settings.Kind);
        Assert.IsNull(settings.ToBytes());
    }

    [TestMethod]
    public void A_device_ID_may_have_all_other_punctuation_that_Azure_allows()
    {
        const string Id = "-:.%_*?!(),=@$'";
        Assert.AreEqual(Id, Parse($"HostName=h.example;DeviceId={Id};SharedAccessKey=QUJD").DeviceId);
        Assert.AreEqual(Id, Parse($"IdScope=0ne1;DeviceId={Id};SymmetricKey=QUJD").DeviceId);
        foreach (char c in Id)
        {
            Assert.AreEqual($"DeviceId={c};Csr=on", Text(Parse($"Csr=on;DeviceId={c}")));
        }
    }

    [TestMethod]
    public void Registration_id_may_have_128_characters_and_no_more()
    {
        Assert.AreEqual(128, Parse("RegistrationId=" + new string('a', 128)).RegistrationId.Length);
        Assert.IsNotNull(ProblemOf("RegistrationId=" + new string('a', 129)));
    }

    [TestMethod]
    public void Keys_are_in_no_message()
    {
        const string Key = "c2VjcmV0IHNlY3JldA";
        foreach (string text in new[]
        {
            "SharedAccessKey=" + Key, "IdScope=0ne1;SymmetricKey=" + Key, Key, Key + "==", "Key=" + Key, "SymmetricKey=" + Key
                + ";SymmetricKey=" + Key,
            "HostName=h;DeviceId=" + Key + "/;SharedAccessKey=QUJD",
        })
        {
            Assert.DoesNotContain(Key, ProblemOf(text));
        }
    }

    [TestMethod]
    public void Changed_fields_are_checked_as_read_ones_are()
    {
        CloudSettings settings = Parse(Dps);
        Assert.IsNull(settings.FindProblem());
        settings.RegistrationId = "Upper";
        Assert.IsNotNull(settings.FindProblem());
        settings.RegistrationId = "a;IdScope=0ne2";
        Assert.IsNotNull(settings.FindProblem());
    }

    private static CloudSettings Parse(string text)
    {
        CloudSettings settings = CloudSettings.Parse(Encoding.UTF8.GetBytes(text), out string problem);
        Assert.IsNull(problem);
        return settings;
    }

    private static string ProblemOf(string text)
    {
        CloudSettings.Parse(Encoding.UTF8.GetBytes(text), out string problem);
        return problem;
    }

    private static string Text(CloudSettings settings) => Encoding.ASCII.GetString(settings.ToBytes());
}
