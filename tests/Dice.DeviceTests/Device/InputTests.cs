using DevKit.Dice.Encodings;
using nanoFramework.TestFramework;

namespace DevKit.Dice.DeviceTests
{
    [TestClass]
    public class InputTests
    {
        private const string Text = "19e25A259d0c2bE03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eaf";

        [TestMethod]
        public void A_UDS_is_64_hexadecimal_characters()
        {
            string problem;
            byte[] text = TestBytes.FromAscii(Text);
            Assert.AreEqual(Text.ToLower(), Hex.Encode(Uds.Parse(text, out problem)));
            Assert.IsNull(problem);

            text[40] = (byte)'g';
            Assert.IsNull(Uds.Parse(text, out problem));
            Assert.StartsWith("Character 41 ", problem);
            Assert.IsNull(Uds.Parse(text, 0, 63, out problem));
            Assert.Contains("63", problem);
            Assert.IsNull(Uds.Parse(TestBytes.Repeat((byte)'0', 64), out problem));
            Assert.Contains("00", problem);
            Assert.IsNull(Uds.Parse(TestBytes.Repeat((byte)'F', 64), out problem));
            Assert.Contains("FF", problem);
        }

        [TestMethod]
        public void The_default_registration_ID_is_made_of_MAC_and_version()
        {
            byte[] mac = TestBytes.FromHex("c89346854138");
            Assert.AreEqual("az-c89346854138v1v4v1", RegistrationId.FromMac(mac, "1.4.1"));
            Assert.AreEqual("az-c89346854138v1v4v1", RegistrationId.FromMac(mac, "1.4.1.0"));
            Assert.IsNull(RegistrationId.FindProblem("az-c89346854138v1v4v1"));
            Assert.Contains("as character 3", RegistrationId.FindProblem("my_devkit"));
        }

        [TestMethod]
        public void A_pe_tells_its_version_and_whether_it_is_whole()
        {
            byte[] image = new byte[104];
            TestBytes.FromAscii("NFMRK1").CopyTo(image, 0);
            image[28] = 1;
            image[30] = 4;
            image[32] = 1;
            image[100] = 104;
            Assert.IsNull(FirmwareImage.Read(image).Problem);
            Assert.AreEqual("1.4.1", FirmwareImage.Read(image).Version);

            image[100] = 105;
            Assert.Contains("105", FirmwareImage.Read(image).Problem);
            Assert.IsNull(FirmwareImage.Read(image).Version);
        }

        [TestMethod]
        public void PEM_goes_there_and_back()
        {
            byte[] der = TestBytes.FromHex("000102fdfeff");
            int end;
            Assert.AreEqual("-----BEGIN X-----\nAAEC/f7/\n-----END X-----\n", Pem.Encode("X", der));
            Assert.AreEqual(Hex.Encode(der), Hex.Encode(Pem.Decode("X", TestBytes.FromAscii(Pem.Encode("X", der)), 0, out end)));
        }
    }
}
