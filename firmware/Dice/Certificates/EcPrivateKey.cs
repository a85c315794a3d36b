using System;
using DevKit.Dice.Curve;
using DevKit.Dice.Encodings;

namespace DevKit.Dice.Certificates
{
    /// <summary>A private key with its curve and public key: ECPrivateKey (SEC 1, C.4; RFC 5915).</summary>
    internal static class EcPrivateKey
    {
        // Up to the private key: version 1, an OCTET STRING of 32 bytes.
        private static readonly byte[] Version = { 0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20 };

        // Between the keys: parameters [0] prime256v1, publicKey [1] as a BIT STRING of 65 bytes.
        private static readonly byte[] Parameters =
        {
            0xA0, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0xA1, 0x44, 0x03, 0x42, 0x00,
        };

        /// <summary>The key in DER, which the caller wipes.</summary>
        /// <param name="privateKey">The private key, 32 bytes.</param>
        /// <param name="publicKey">The public key, 65 bytes.</param>
        internal static byte[] Encode(byte[] privateKey, byte[] publicKey)
        {
            DerWriter der = new DerWriter(Version.Length + privateKey.Length + Parameters.Length + publicKey.Length);
            der.Write(Version);
            der.Write(privateKey);
            der.Write(Parameters);
            der.Write(publicKey);
            byte[] encoded = der.ToArray();
            der.Clear();
            return encoded;
        }

        /// <summary>The private key out of an encoded one, 32 bytes, which the caller wipes.</summary>
        internal static byte[] GetPrivateKey(byte[] encoded)
        {
            byte[] privateKey = new byte[EcdsaP256.PrivateKeyLength];
            Array.Copy(encoded, Version.Length, privateKey, 0, privateKey.Length);
            return privateKey;
        }
    }
}
