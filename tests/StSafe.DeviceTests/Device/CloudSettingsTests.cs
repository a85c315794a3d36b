using nanoFramework.TestFramework;

namespace DevKit.StSafe.DeviceTests
{
    /// <summary>The connection strings of zone 5; no chip is needed.</summary>
    [TestClass]
    public class CloudSettingsTests
    {
        private const string Hub = "HostName=hub.azure-devices.net;DeviceId=az-1;SharedAccessKey=QUJDREVGR0g=";
        private const string Dps = "DPSEndpoint=global.azure-devices-provisioning.net;IdScope=0ne0000ABCD;RegistrationId=az-1;DeviceId=d1;SymmetricKey=QUJDRA==";

        [TestMethod]
        [DataRow(Hub)]
        [DataRow(Dps)]
        [DataRow("IdScope=0ne0000ABCD")]
        public void Text_is_written_as_it_was_read(string text)
        {
            byte[] written = Parse(text).ToBytes();
            Assert.AreEqual(Hex.Format(Hex.Ascii(text), text.Length), Hex.Format(written, written.Length));
        }

        [TestMethod]
        public void Fields_are_taken_apart()
        {
            CloudSettings hub = Parse(Hub);
            Assert.AreEqual((int)CloudKind.Hub, (int)hub.Kind);
            Assert.AreEqual("hub.azure-devices.net", hub.HostName);
            Assert.AreEqual("QUJDREVGR0g=", hub.SharedAccessKey);
            CloudSettings dps = Parse(Dps);
            Assert.AreEqual((int)CloudKind.Dps, (int)dps.Kind);
            Assert.AreEqual("0ne0000ABCD", dps.IdScope);
            Assert.AreEqual("d1", dps.DeviceId);
            Assert.IsNull(dps.HostName);
        }

        [TestMethod]
        public void One_field_changes_and_the_others_stay()
        {
            CloudSettings settings = Parse("DPSEndpoint=a.example;IdScope=0ne1");
            settings.IdScope = "0ne2";
            settings.RegistrationId = "r";
            byte[] written = settings.ToBytes();
            byte[] expected = Hex.Ascii("DPSEndpoint=a.example;IdScope=0ne2;RegistrationId=r");
            Assert.AreEqual(Hex.Format(expected, expected.Length), Hex.Format(written, written.Length));
        }

        [TestMethod]
        [DataRow("hello")]
        [DataRow("IdScope=0ne1;IdScope=0ne1")]
        [DataRow("HostName=h.example;DeviceId=a")]
        [DataRow("HostName=h.example;DeviceId=a;SharedAccessKey=QUJD;IdScope=0ne1")]
        [DataRow("RegistrationId=Az")]
        [DataRow("DPSEndpoint=a.example:99999")]
        [DataRow("IdScope=0ne1;SymmetricKey=QUJ")]
        public void Anything_else_is_foreign(string text)
        {
            string problem;
            CloudSettings settings = CloudSettings.Parse(Hex.Ascii(text), out problem);
            Assert.IsNotNull(problem);
            Assert.AreEqual((int)CloudKind.Foreign, (int)settings.Kind);
            Assert.IsNull(settings.ToBytes());
        }

        [TestMethod]
        public void No_text_is_no_settings()
        {
            string problem;
            CloudSettings settings = CloudSettings.Parse(null, out problem);
            Assert.IsNull(problem);
            Assert.AreEqual((int)CloudKind.None, (int)settings.Kind);
        }

        private static CloudSettings Parse(string text)
        {
            string problem;
            CloudSettings settings = CloudSettings.Parse(Hex.Ascii(text), out problem);
            Assert.IsNull(problem);
            return settings;
        }
    }
}
