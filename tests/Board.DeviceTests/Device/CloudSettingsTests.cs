using System.Text;
using DevKit.Board.Handover;
using nanoFramework.TestFramework;

namespace DevKit.Board.DeviceTests.Device
{
    /// <summary>The connection strings of zone 5; no chip is needed.</summary>
    [TestClass]
    public class CloudSettingsTests
    {
        private const string Hub = "HostName=hub.azure-devices.net;DeviceId=az-1;SharedAccessKey=QUJDREVGR0g=";
        private const string Dps =
            "DPSEndpoint=global.azure-devices-provisioning.net;IdScope=0ne0000ABCD;RegistrationId=az-1;DeviceId=d1;SymmetricKey=QUJDRA==";

        [TestMethod]
        [DataRow(Hub)]
        [DataRow(Dps)]
        [DataRow("IdScope=0ne0000ABCD")]
        [DataRow("IdScope=0ne0000ABCD;Csr=on")]
        public void Text_is_written_as_it_was_read(string text)
        {
            byte[] written = Parse(text).ToBytes();
            Assert.AreEqual(text, Encoding.UTF8.GetString(written, 0, written.Length));
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
            Assert.AreEqual("DPSEndpoint=a.example;IdScope=0ne2;RegistrationId=r", Encoding.UTF8.GetString(written, 0, written.Length));
        }

        [TestMethod]
        [DataRow("hello")]
        [DataRow("IdScope=0ne1;IdScope=0ne1")]
        [DataRow("HostName=h.example;DeviceId=a")]
        [DataRow("HostName=h.example;DeviceId=a;SharedAccessKey=QUJD;IdScope=0ne1")]
        [DataRow("IdScope=0ne1;DeviceId=a#")]
        [DataRow("RegistrationId=Az")]
        [DataRow("IdScope=0ne1;Csr=yes")]
        [DataRow("DPSEndpoint=a.example:99999")]
        [DataRow("IdScope=0ne1;SymmetricKey=QUJ")]
        public void Anything_else_is_unrecognized(string text)
        {
            string problem;
            CloudSettings settings = CloudSettings.Parse(Encoding.UTF8.GetBytes(text), out problem);
            Assert.IsNotNull(problem);
            Assert.AreEqual((int)CloudKind.Unrecognized, (int)settings.Kind);
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
            CloudSettings settings = CloudSettings.Parse(Encoding.UTF8.GetBytes(text), out problem);
            Assert.IsNull(problem);
            return settings;
        }
    }
}
