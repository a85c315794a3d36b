using DevKit.Dice.Curve;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.Dice.Certificates
{
    /// <summary>What the two certificates and the request have in common (RFC 5280, RFC 5480, RFC 2986).</summary>
    internal static class X509
    {
        /// <summary>AlgorithmIdentifier of ecdsa-with-SHA256, without parameters (RFC 5758, 3.2).</summary>
        internal static readonly byte[] EcdsaWithSha256 = { 0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02 };

        private const int SerialNumberLength = 16;

        // [0] EXPLICIT INTEGER 2: version 3.
        private static readonly byte[] Version3 = { 0xA0, 0x03, 0x02, 0x01, 0x02 };

        // SubjectPublicKeyInfo up to the point: id-ecPublicKey with prime256v1 (RFC 5480, 2.1.1), then a BIT STRING of 65 bytes.
        private static readonly byte[] PublicKeyInfo =
        {
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
            0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        };

        // Validity: UTCTime 180101000000Z to GeneralizedTime 99991231235959Z. A device without a clock, and a key that lives as long as
        // the device: RFC 5280, 4.1.2.5, has that date for no expiry.
        private static readonly byte[] Validity =
        {
            0x30, 0x20, 0x17, 0x0D, 0x31, 0x38, 0x30, 0x31, 0x30, 0x31, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x5A,
            0x18, 0x0F, 0x39, 0x39, 0x39, 0x39, 0x31, 0x32, 0x33, 0x31, 0x32, 0x33, 0x35, 0x39, 0x35, 0x39, 0x5A,
        };

        /// <summary>A SubjectPublicKeyInfo of an uncompressed point, 65 bytes.</summary>
        internal static byte[] EncodePublicKey(byte[] publicKey)
        {
            DerWriter der = new DerWriter(PublicKeyInfo.Length + publicKey.Length);
            WritePublicKey(der, publicKey);
            return der.ToArray();
        }

        /// <inheritdoc cref="EncodePublicKey"/>
        internal static void WritePublicKey(DerWriter der, byte[] publicKey)
        {
            der.Write(PublicKeyInfo);
            der.Write(publicKey);
        }

        /// <summary>Opens a TBSCertificate and writes its fields up to the public key.</summary>
        /// <param name="der">The writer.</param>
        /// <param name="serialNumber">
        /// A digest: its first 16 bytes, made positive and not to begin with zeros, are the serial number.
        /// </param>
        /// <param name="issuer">The issuer's name, encoded.</param>
        /// <param name="subject">The subject's name, encoded.</param>
        /// <param name="publicKey">The subject's key, 65 bytes.</param>
        /// <returns>What the writer needs to close it.</returns>
        internal static int OpenTbsCertificate(DerWriter der, byte[] serialNumber, byte[] issuer, byte[] subject, byte[] publicKey)
        {
            int certificate = der.Open(DerWriter.Sequence);
            der.Write(Version3);
            serialNumber[0] = (byte)((serialNumber[0] & 0x7F) | 0x40);
            der.WriteInteger(serialNumber, 0, SerialNumberLength);
            der.Write(EcdsaWithSha256);
            der.Write(issuer);
            der.Write(Validity);
            der.Write(subject);
            WritePublicKey(der, publicKey);
            return certificate;
        }

        /// <summary>A certificate or a request, signed.</summary>
        /// <param name="content">What is to be signed, encoded.</param>
        /// <param name="privateKey">The private key, 32 bytes in [1, n).</param>
        internal static byte[] Sign(byte[] content, byte[] privateKey)
        {
            return EncodeSigned(content, EcdsaP256.Sign(privateKey, Sha256.Hash(content)));
        }

        /// <summary>A certificate or a request: what was signed, the algorithm and the signature.</summary>
        /// <param name="content">What was signed, encoded.</param>
        /// <param name="signature">r || s, 64 bytes.</param>
        internal static byte[] EncodeSigned(byte[] content, byte[] signature)
        {
            DerWriter der = new DerWriter(content.Length + 96);
            int whole = der.Open(DerWriter.Sequence);
            der.Write(content);
            der.Write(EcdsaWithSha256);
            int bits = der.Open(DerWriter.BitString);
            der.Write(0);
            int pair = der.Open(DerWriter.Sequence);
            der.WriteInteger(signature, 0, 32);
            der.WriteInteger(signature, 32, 32);
            der.Close(pair);
            der.Close(bits);
            der.Close(whole);
            return der.ToArray();
        }
    }
}
