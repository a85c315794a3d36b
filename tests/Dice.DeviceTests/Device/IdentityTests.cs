using System;
using DevKit.Dice.Encodings;
using nanoFramework.TestFramework;

namespace DevKit.Dice.DeviceTests.Device
{
    [TestClass]
    public class IdentityTests
    {
        [TestMethod]
        public void The_first_example_holds()
        {
            byte[] image = new byte[4096];
            for (int i = 0; i < image.Length; i++)
            {
                image[i] = (byte)i;
            }

            DiceCredential credential = Derive(IdentityVectors.Uds1, image, IdentityVectors.RegistrationId1);

            Assert.AreEqual(IdentityVectors.Fwid1, Hex.Encode(credential.Fwid));
            Assert.AreEqual(IdentityVectors.AliasCertificate1, Hex.Encode(credential.AliasCertificate));
            Assert.AreEqual(
                IdentityVectors.DeviceIdCertificate1, Hex.Encode(DiceEngine.CreateDeviceIdCertificate(Parse(IdentityVectors.Uds1))));
            Assert.AreEqual(IdentityVectors.DeviceIdRequest1, Hex.Encode(DiceEngine.CreateDeviceIdRequest(Parse(IdentityVectors.Uds1))));
            Assert.AreEqual(IdentityVectors.AliasRequest1, Hex.Encode(credential.CreateAliasRequest()));
            Assert.AreEqual(IdentityVectors.AliasPrivateKey1, Hex.Encode(credential.AliasPrivateKey));
        }

        [TestMethod]
        public void The_second_example_holds()
        {
            DiceCredential credential = Derive(IdentityVectors.Uds2, new byte[1], IdentityVectors.RegistrationId2);

            Assert.AreEqual(IdentityVectors.Fwid2, Hex.Encode(credential.Fwid));
            Assert.AreEqual(IdentityVectors.AliasCertificate2, Hex.Encode(credential.AliasCertificate));
            Assert.AreEqual(
                IdentityVectors.DeviceIdCertificate2, Hex.Encode(DiceEngine.CreateDeviceIdCertificate(Parse(IdentityVectors.Uds2))));
            Assert.AreEqual(IdentityVectors.DeviceIdRequest2, Hex.Encode(DiceEngine.CreateDeviceIdRequest(Parse(IdentityVectors.Uds2))));
            Assert.AreEqual(IdentityVectors.AliasRequest2, Hex.Encode(credential.CreateAliasRequest()));
            Assert.AreEqual(IdentityVectors.AliasPrivateKey2, Hex.Encode(credential.AliasPrivateKey));
        }

        [TestMethod]
        public void The_third_example_holds()
        {
            DiceCredential credential = Derive(IdentityVectors.Uds3, TestBytes.Repeat(0x5A, 65), IdentityVectors.RegistrationId3);

            Assert.AreEqual(IdentityVectors.Fwid3, Hex.Encode(credential.Fwid));
            Assert.AreEqual(IdentityVectors.AliasCertificate3, Hex.Encode(credential.AliasCertificate));
            Assert.AreEqual(
                IdentityVectors.DeviceIdCertificate3, Hex.Encode(DiceEngine.CreateDeviceIdCertificate(Parse(IdentityVectors.Uds3))));
            Assert.AreEqual(IdentityVectors.DeviceIdRequest3, Hex.Encode(DiceEngine.CreateDeviceIdRequest(Parse(IdentityVectors.Uds3))));
            Assert.AreEqual(IdentityVectors.AliasRequest3, Hex.Encode(credential.CreateAliasRequest()));
            Assert.AreEqual(IdentityVectors.AliasPrivateKey3, Hex.Encode(credential.AliasPrivateKey));
        }

        [TestMethod]
        public void A_secret_that_an_erased_chip_would_hold_is_refused()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => DiceEngine.Derive(new byte[32], new byte[1], "a"));
            Assert.ThrowsException(typeof(ArgumentException), () => DiceEngine.Derive(TestBytes.Repeat(0xFF, 32), new byte[1], "a"));
            Assert.ThrowsException(typeof(ArgumentNullException), () => DiceEngine.Derive(null, new byte[1], "a"));
        }

        [TestMethod]
        public void The_chain_ends_in_a_NUL_and_a_cleared_key_is_zeros()
        {
            DiceCredential credential = Derive(IdentityVectors.Uds2, new byte[1], IdentityVectors.RegistrationId2);

            byte[] chain = credential.GetCertificateChainPem();
            int end;
            Assert.AreEqual(0, (int)chain[chain.Length - 1]);
            Assert.AreEqual(IdentityVectors.AliasCertificate2, Hex.Encode(Pem.Decode("CERTIFICATE", chain, 0, out end)));
            Assert.AreEqual(chain.Length - 1, end);

            credential.Clear();
            Assert.ThrowsException(typeof(InvalidOperationException), () => credential.CreateAliasRequest());
            for (int i = 0; i < credential.AliasPrivateKey.Length; i++)
            {
                Assert.AreEqual(0, (int)credential.AliasPrivateKey[i]);
            }
        }

        [TestMethod]
        public void A_chain_certifies_the_device_or_is_refused_with_a_sentence()
        {
            DiceCredential credential = Derive(IdentityVectors.Uds2, new byte[1], IdentityVectors.RegistrationId2);
            byte[] alias = credential.AliasCertificate;
            byte[] deviceId = DiceEngine.CreateDeviceIdCertificate(Parse(IdentityVectors.Uds2));

            Assert.IsNull(credential.FindOperationalCertificateProblem(new byte[][] { alias, deviceId }));
            byte[][] many = { alias, alias, alias, alias, alias, alias, alias, alias, alias };
            Assert.Contains("9 certificates", credential.FindOperationalCertificateProblem(many));
            Assert.Contains("another key", credential.FindOperationalCertificateProblem(new byte[][] { deviceId }));
            Assert.Contains("Certificate 2", credential.FindOperationalCertificateProblem(new byte[][] { alias, alias }));
            Assert.Contains("not a whole", credential.FindOperationalCertificateProblem(new byte[][] { new byte[3] }));
        }

        private static DiceCredential Derive(string uds, byte[] image, string registrationId)
        {
            return DiceEngine.Derive(Parse(uds), image, registrationId);
        }

        private static byte[] Parse(string uds)
        {
            string problem;
            byte[] secret = Uds.Parse(TestBytes.FromAscii(uds), out problem);
            Assert.IsNull(problem);
            return secret;
        }
    }
}
