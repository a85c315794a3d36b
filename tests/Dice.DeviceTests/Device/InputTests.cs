using DevKit.Dice.Encodings;
using nanoFramework.TestFramework;

namespace DevKit.Dice.DeviceTests.Device
{
    [TestClass]
    public class InputTests
    {
        [TestMethod]
        public void A_UDS_is_64_hexadecimal_characters()
        {
            string problem;
            byte[] text = TestBytes.FromAscii(IdentityVectors.Uds1);
            Assert.AreEqual(IdentityVectors.Uds1, Hex.Encode(Uds.Parse(text, out problem)));
            Assert.IsNull(problem);
            Assert.AreEqual(IdentityVectors.Uds1, Hex.Encode(Uds.Parse(TestBytes.FromAscii(IdentityVectors.Uds1.ToUpper()), out problem)));
            Assert.IsNull(problem);

            text[40] = (byte)'g';
            Assert.IsNull(Uds.Parse(text, out problem));
            Assert.StartsWith("Character 41 ", problem);
            Assert.IsNull(Uds.Parse(TestBytes.FromAscii(IdentityVectors.Uds1.Substring(1)), out problem));
            Assert.Contains("63", problem);
            Assert.IsNull(Uds.Parse(TestBytes.Repeat((byte)'0', 64), out problem));
            Assert.Contains("00", problem);
            Assert.IsNull(Uds.Parse(TestBytes.Repeat((byte)'F', 64), out problem));
            Assert.Contains("FF", problem);
        }

        [TestMethod]
        public void The_default_registration_ID_is_made_of_MAC_and_version()
        {
            byte[] mac = TestBytes.FromHex(IdentityVectors.Mac1);
            Assert.AreEqual(IdentityVectors.RegistrationId1, RegistrationId.FromMac(mac, "1.4.1"));
            Assert.AreEqual(IdentityVectors.RegistrationId1, RegistrationId.FromMac(mac, "1.4.1.0"));
            Assert.IsNull(RegistrationId.FindProblem(IdentityVectors.RegistrationId1));
        }

        [TestMethod]
        public void A_registration_ID_has_lower_case_letters_digits_and_four_signs()
        {
            Assert.IsNull(RegistrationId.FindProblem("plant.hall-2:devkit_7"));
            Assert.Contains("as character 3", RegistrationId.FindProblem("my devkit"));
            Assert.Contains("ends in '.'", RegistrationId.FindProblem("my-devkit."));
            Assert.AreEqual("my-devkit", RegistrationId.FindLowerCaseSpelling("My-DevKit"));
            Assert.IsNull(RegistrationId.FindLowerCaseSpelling("My DevKit"));
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
        public void Hexadecimal_and_base64_are_read_and_written()
        {
            byte[] bytes = TestBytes.FromHex("000102fdfeff");
            Assert.AreEqual("000102fdfeff", Hex.Encode(bytes));
            Assert.AreEqual(Hex.Encode(TestBytes.FromAscii("000102fdfeff")), Hex.Encode(Hex.EncodeToBytes(bytes)));
            Assert.AreEqual("000102fdfeff", Hex.Encode(Base64.Decode(TestBytes.FromAscii("AAEC /f7/"), 0, 9)));
            Assert.IsNull(Base64.Decode(TestBytes.FromAscii("AAEC/f7"), 0, 7));
            Assert.IsTrue(Base64.IsValid("AAEC/f7/"));
            Assert.IsFalse(Base64.IsValid("AAEC/f7"));
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
