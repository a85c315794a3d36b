using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.Dice.Certificates
{
    /// <summary>The DeviceID key's own certificate, self-signed, and the request with which an owner's CA is asked for another.</summary>
    internal static class DeviceIdCertificate
    {
        // basicConstraints: critical, CA, pathLen 0. keyUsage: critical, keyCertSign. Then subjectKeyIdentifier up to its value.
        private static readonly byte[] ExtensionsToKeyId =
        {
            0x30, 0x12, 0x06, 0x03, 0x55, 0x1D, 0x13, 0x01, 0x01, 0xFF, 0x04, 0x08, 0x30, 0x06, 0x01, 0x01, 0xFF, 0x02, 0x01, 0x00,
            0x30, 0x0E, 0x06, 0x03, 0x55, 0x1D, 0x0F, 0x01, 0x01, 0xFF, 0x04, 0x04, 0x03, 0x02, 0x02, 0x04,
            0x30, 0x1D, 0x06, 0x03, 0x55, 0x1D, 0x0E, 0x04, 0x16, 0x04, 0x14,
        };

        // PKCS #10 version 1 is the INTEGER 0; no attributes are an empty [0] (RFC 2986, 4.1).
        private static readonly byte[] RequestVersion = { 0x02, 0x01, 0x00 };
        private static readonly byte[] NoAttributes = { 0xA0, 0x00 };

        /// <summary>The name of a DeviceID: which key it is can be read off it.</summary>
        internal static byte[] EncodeName(byte[] keyId)
        {
            return X509.EncodeName("DevKit DeviceID " + Hex.Encode(keyId, 0, 8));
        }

        /// <summary>The certificate's TBSCertificate: what the DeviceID key signs.</summary>
        internal static byte[] EncodeTbsCertificate(byte[] name, byte[] publicKeyInfo, byte[] keyId)
        {
            DerWriter der = new DerWriter(384);
            int certificate = X509.OpenTbsCertificate(der, Sha256.Hash(keyId), name, name, publicKeyInfo);
            int tagged = der.Open(DerWriter.Tagged3);
            int extensions = der.Open(DerWriter.Sequence);
            der.Write(ExtensionsToKeyId);
            der.Write(keyId);
            der.Close(extensions);
            der.Close(tagged);
            der.Close(certificate);
            return der.ToArray();
        }

        /// <summary>The request's CertificationRequestInfo: what the DeviceID key signs to show that it is there.</summary>
        internal static byte[] EncodeCertificationRequestInfo(byte[] name, byte[] publicKeyInfo)
        {
            DerWriter der = new DerWriter(192);
            int request = der.Open(DerWriter.Sequence);
            der.Write(RequestVersion);
            der.Write(name);
            der.Write(publicKeyInfo);
            der.Write(NoAttributes);
            der.Close(request);
            return der.ToArray();
        }
    }
}
