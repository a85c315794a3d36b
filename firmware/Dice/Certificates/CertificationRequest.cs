using DevKit.Dice.Encodings;

namespace DevKit.Dice.Certificates
{
    /// <summary>A request for a certificate: PKCS #10 (RFC 2986), without attributes.</summary>
    internal static class CertificationRequest
    {
        // Version 1 is the INTEGER 0; no attributes are an empty [0] (RFC 2986, 4.1).
        private static readonly byte[] Version = { 0x02, 0x01, 0x00 };
        private static readonly byte[] NoAttributes = { 0xA0, 0x00 };

        /// <summary>The CertificationRequestInfo: what the key signs to show that it is there.</summary>
        /// <param name="name">The subject's name, encoded.</param>
        /// <param name="publicKey">The subject's key, 65 bytes.</param>
        internal static byte[] EncodeInfo(byte[] name, byte[] publicKey)
        {
            DerWriter der = new DerWriter(name.Length + publicKey.Length + 48);
            int request = der.Open(DerWriter.Sequence);
            der.Write(Version);
            der.Write(name);
            X509.WritePublicKey(der, publicKey);
            der.Write(NoAttributes);
            der.Close(request);
            return der.ToArray();
        }
    }
}
