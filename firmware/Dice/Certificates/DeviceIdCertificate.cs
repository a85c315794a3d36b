using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.Dice.Certificates
{
    /// <summary>The DeviceID key's own certificate, self-signed.</summary>
    internal static class DeviceIdCertificate
    {
        // basicConstraints: critical, CA, pathLen 0. keyUsage: critical, keyCertSign. Then subjectKeyIdentifier up to its value.
        private static readonly byte[] ExtensionsToKeyId =
        {
            0x30, 0x12, 0x06, 0x03, 0x55, 0x1D, 0x13, 0x01, 0x01, 0xFF, 0x04, 0x08, 0x30, 0x06, 0x01, 0x01, 0xFF, 0x02, 0x01, 0x00,
            0x30, 0x0E, 0x06, 0x03, 0x55, 0x1D, 0x0F, 0x01, 0x01, 0xFF, 0x04, 0x04, 0x03, 0x02, 0x02, 0x04,
            0x30, 0x1D, 0x06, 0x03, 0x55, 0x1D, 0x0E, 0x04, 0x16, 0x04, 0x14,
        };

        /// <summary>The name of a DeviceID: which key it is can be read off it.</summary>
        internal static byte[] EncodeName(byte[] keyId)
        {
            return DistinguishedName.Encode("DevKit DeviceID " + Hex.Encode(keyId, 0, 8));
        }

        /// <summary>The certificate's TBSCertificate: what the DeviceID key signs.</summary>
        internal static byte[] EncodeTbsCertificate(byte[] name, byte[] publicKey, byte[] keyId)
        {
            DerWriter der = new DerWriter(384);
            int certificate = X509.OpenTbsCertificate(der, Sha256.Hash(keyId), name, name, publicKey);
            int tagged = der.Open(DerWriter.Tagged3);
            int extensions = der.Open(DerWriter.Sequence);
            der.Write(ExtensionsToKeyId);
            der.Write(keyId);
            der.Close(extensions);
            der.Close(tagged);
            der.Close(certificate);
            return der.ToArray();
        }
    }
}
