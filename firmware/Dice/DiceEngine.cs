using System;
using DevKit.Dice.Certificates;
using DevKit.Dice.Curve;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.Dice
{
    /// <summary>
    /// The Device Identifier Composition Engine: from a secret that only this device has, and the firmware that it is about to run, to a
    /// key and a certificate that prove both. docs/identity.md is its specification.
    /// </summary>
    public static class DiceEngine
    {
        private const string DeviceIdLabel = "DICE DeviceID P-256";
        private const string AliasLabel = "DICE Alias P-256";

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
                deviceIdKey = DeriveKey(uds, DeviceIdLabel);
                aliasKey = DeriveKey(cdi, AliasLabel);

                byte[][] publicKeys = EcdsaP256.GetPublicKeys(new byte[][] { deviceIdKey, aliasKey });
                byte[] deviceIdKeyId = KeyId(publicKeys[0]), aliasKeyId = KeyId(publicKeys[1]);
                byte[] certificate = AliasCertificate.EncodeTbsCertificate(
                    registrationId, publicKeys[1], aliasKeyId, DeviceIdCertificate.EncodeName(deviceIdKeyId), deviceIdKeyId, fwid);
                return new DiceCredential
                {
                    RegistrationId = registrationId,
                    Fwid = fwid,
                    DeviceIdKeyId = deviceIdKeyId,
                    AliasKeyId = aliasKeyId,
                    DeviceIdPublicKey = publicKeys[0],
                    AliasPublicKey = publicKeys[1],
                    AliasCertificate = X509.Sign(certificate, deviceIdKey),
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

        /// <summary>The DeviceID certificate, self-signed.</summary>
        /// <param name="uds">The Unique Device Secret, 32 bytes. It is neither changed nor kept: the caller wipes it.</param>
        /// <returns>The certificate in DER.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="uds"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="uds"/> is not 32 bytes, or all 00 or all FF.</exception>
        public static byte[] CreateDeviceIdCertificate(byte[] uds)
        {
            return SignByDeviceId(uds, false);
        }

        /// <summary>The DeviceID certificate request, for an owner's CA to sign.</summary>
        /// <param name="uds">The Unique Device Secret, 32 bytes. It is neither changed nor kept: the caller wipes it.</param>
        /// <returns>The request in DER (PKCS #10).</returns>
        /// <exception cref="ArgumentNullException"><paramref name="uds"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="uds"/> is not 32 bytes, or all 00 or all FF.</exception>
        public static byte[] CreateDeviceIdRequest(byte[] uds)
        {
            return SignByDeviceId(uds, true);
        }

        // What the DeviceID key says of itself.
        private static byte[] SignByDeviceId(byte[] uds, bool isRequest)
        {
            RequireUds(uds);
            byte[] key = DeriveKey(uds, DeviceIdLabel);
            try
            {
                byte[] publicKey = EcdsaP256.GetPublicKey(key), keyId = KeyId(publicKey);
                byte[] name = DeviceIdCertificate.EncodeName(keyId);
                return X509.Sign(
                    isRequest
                        ? CertificationRequest.EncodeInfo(name, publicKey)
                        : DeviceIdCertificate.EncodeTbsCertificate(name, publicKey, keyId),
                    key);
            }
            finally
            {
                SecretBytes.Clear(key);
            }
        }

        // Everything that can be wrong with the inputs is said before any of them is used.
        private static void RequireInputs(byte[] uds, byte[] image, string registrationId)
        {
            RequireUds(uds);
            Argument.Require(image, nameof(image));
            if (image.Length == 0)
            {
                throw new ArgumentException("The application image is empty.", nameof(image));
            }

            Argument.Require(registrationId, nameof(registrationId));
            string problem = RegistrationId.FindProblem(registrationId);
            if (problem != null)
            {
                throw new ArgumentException(problem, nameof(registrationId));
            }
        }

        private static void RequireUds(byte[] uds)
        {
            Argument.Require(uds, nameof(uds));
            string problem = Uds.FindProblem(uds);
            if (problem != null)
            {
                throw new ArgumentException(problem, nameof(uds));
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
    }
}
