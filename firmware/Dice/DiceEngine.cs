using System;
using DevKit.Dice.Certificates;
using DevKit.Dice.Curve;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.Dice
{
    /// <summary>
    /// The Device Identifier Composition Engine: from a secret that only this device has, and the firmware that it is about to run, to a
    /// key and certificates that prove both. docs/identity.md is its specification.
    /// </summary>
    public static class DiceEngine
    {
        // RFC 7093, 2, method 1: the leftmost 160 bits of a SHA-256 digest.
        private const int KeyIdLength = 20;

        /// <summary>Derives the identity of a device that runs an image.</summary>
        /// <param name="uds">The Unique Device Secret, 32 bytes. It is neither changed nor kept: the caller wipes it.</param>
        /// <param name="image">The application image, whole: the bytes that are measured must be the bytes that run.</param>
        /// <param name="registrationId">The registration ID; see <see cref="RegistrationId"/>.</param>
        /// <returns>The credential: the alias private key and what is public.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">
        /// <paramref name="uds"/> is not 32 bytes, or all 00 or all FF; <paramref name="image"/> is empty; or
        /// <paramref name="registrationId"/> is not valid.
        /// </exception>
        public static DiceCredential Derive(byte[] uds, byte[] image, string registrationId)
        {
            RequireInputs(uds, image, registrationId);
            byte[] cdi = null, deviceIdKey = null, aliasKey = null;
            try
            {
                byte[] fwid = Sha256.Hash(image);
                cdi = HmacSha256.Compute(uds, fwid);
                deviceIdKey = DeriveKey(uds, "DICE DeviceID P-256");
                aliasKey = DeriveKey(cdi, "DICE Alias P-256");

                byte[][] publicKeys = EcdsaP256.GetPublicKeys(new byte[][] { deviceIdKey, aliasKey });
                byte[] deviceIdKeyId = KeyId(publicKeys[0]), aliasKeyId = KeyId(publicKeys[1]);
                byte[] name = DeviceIdCertificate.EncodeName(deviceIdKeyId);
                byte[] deviceIdKeyInfo = X509.EncodePublicKey(publicKeys[0]);
                byte[] aliasKeyInfo = X509.EncodePublicKey(publicKeys[1]);

                // The DeviceID key signs the alias certificate, its own certificate and the request for another.
                byte[][] documents =
                {
                    AliasCertificate.EncodeTbsCertificate(registrationId, aliasKeyInfo, aliasKeyId, name, deviceIdKeyId, fwid),
                    DeviceIdCertificate.EncodeTbsCertificate(name, deviceIdKeyInfo, deviceIdKeyId),
                    DeviceIdCertificate.EncodeCertificationRequestInfo(name, deviceIdKeyInfo),
                };
                Sign(documents, deviceIdKey);
                return new DiceCredential(name, deviceIdKeyInfo)
                {
                    RegistrationId = registrationId,
                    Fwid = fwid,
                    DeviceIdKeyId = deviceIdKeyId,
                    AliasKeyId = aliasKeyId,
                    DeviceIdPublicKey = publicKeys[0],
                    AliasPublicKey = publicKeys[1],
                    AliasCertificate = documents[0],
                    DeviceIdCertificate = documents[1],
                    DeviceIdRequest = documents[2],
                    AliasPrivateKey = EcPrivateKey.Encode(aliasKey, publicKeys[1]),
                };
            }
            finally
            {
                SecretBytes.Clear(cdi);
                SecretBytes.Clear(deviceIdKey);
                SecretBytes.Clear(aliasKey);
            }
        }

        // Everything that can be wrong with the inputs is said before any of them is used.
        private static void RequireInputs(byte[] uds, byte[] image, string registrationId)
        {
            Argument.Require(uds, nameof(uds));
            string problem = Uds.FindProblem(uds);
            if (problem != null)
            {
                throw new ArgumentException(problem, nameof(uds));
            }

            Argument.Require(image, nameof(image));
            if (image.Length == 0)
            {
                throw new ArgumentException("The application image is empty.", nameof(image));
            }

            Argument.Require(registrationId, nameof(registrationId));
            problem = RegistrationId.FindProblem(registrationId);
            if (problem != null)
            {
                throw new ArgumentException(problem, nameof(registrationId));
            }
        }

        // A private key in [1, n) from keying material: HKDF to 40 bytes, then FIPS 186-5, A.2.1.
        private static byte[] DeriveKey(byte[] keyMaterial, string label)
        {
            byte[] seed = Hkdf.DeriveKey(keyMaterial, null, Ascii.GetBytes(label), Scalar.SeedLength);
            try
            {
                return Scalar.FromSeed(seed);
            }
            finally
            {
                SecretBytes.Clear(seed);
            }
        }

        private static byte[] KeyId(byte[] publicKey)
        {
            byte[] keyId = new byte[KeyIdLength];
            Array.Copy(Sha256.Hash(publicKey), 0, keyId, 0, KeyIdLength);
            return keyId;
        }

        // Puts the signed document in the place of each content.
        private static void Sign(byte[][] documents, byte[] privateKey)
        {
            byte[][] digests = new byte[documents.Length][];
            for (int i = 0; i < documents.Length; i++)
            {
                digests[i] = Sha256.Hash(documents[i]);
            }

            byte[][] signatures = EcdsaP256.SignAll(privateKey, digests);
            for (int i = 0; i < documents.Length; i++)
            {
                documents[i] = X509.EncodeSigned(documents[i], signatures[i]);
            }
        }
    }
}
