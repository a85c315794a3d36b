using DevKit.Dice.Der;

namespace DevKit.Dice.Certificates
{
    /// <summary>A private key with its curve and public key: ECPrivateKey (SEC 1, C.4; RFC 5915).</summary>
    internal static class EcPrivateKey
    {
        private static readonly byte[] Version1 = { 0x02, 0x01, 0x01 };

        internal static byte[] Encode(byte[] privateKey, byte[] publicKey)
        {
            DerWriter der = new DerWriter(128);
            int key = der.Open(DerWriter.Sequence);
            der.Write(Version1);
            der.Write(DerWriter.OctetString, privateKey);
            int curve = der.Open(DerWriter.Tagged0);
            der.Write(X509.Prime256v1);
            der.Close(curve);
            int tagged = der.Open(DerWriter.Tagged1);
            int bits = der.Open(DerWriter.BitString);
            der.Write(0);
            der.Write(publicKey);
            der.Close(bits);
            der.Close(tagged);
            der.Close(key);
            byte[] encoded = der.ToArray();
            der.Clear();
            return encoded;
        }
    }
}
