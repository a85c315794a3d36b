using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.Dice.Certificates
{
    /// <summary>The certificate in which the DeviceID key vouches for the alias key and for the firmware that it belongs to.</summary>
    internal static class AliasCertificate
    {
        // basicConstraints: critical, no CA. keyUsage: critical, digitalSignature. extKeyUsage: clientAuth. Then subjectKeyIdentifier up to
        // the identifier itself (RFC 5280, 4.2.1).
        private static readonly byte[] ExtensionsToKeyId =
        {
            0x30, 0x0C, 0x06, 0x03, 0x55, 0x1D, 0x13, 0x01, 0x01, 0xFF, 0x04, 0x02, 0x30, 0x00,
            0x30, 0x0E, 0x06, 0x03, 0x55, 0x1D, 0x0F, 0x01, 0x01, 0xFF, 0x04, 0x04, 0x03, 0x02, 0x07, 0x80,
            0x30, 0x13, 0x06, 0x03, 0x55, 0x1D, 0x25, 0x04, 0x0C, 0x30, 0x0A, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02,
            0x30, 0x1D, 0x06, 0x03, 0x55, 0x1D, 0x0E, 0x04, 0x16, 0x04, 0x14,
        };

        // authorityKeyIdentifier up to the identifier itself.
        private static readonly byte[] AuthorityKeyId =
        {
            0x30, 0x1F, 0x06, 0x03, 0x55, 0x1D, 0x23, 0x04, 0x18, 0x30, 0x16, 0x80, 0x14,
        };

        // tcg-dice-TcbInfo (2.23.133.5.4.1) up to the FWID: vendor [0] "MXCHIP", model [1] "AZ3166", fwids [6] of one FWID by SHA-256
        // (TCG DICE Attestation Architecture, 6.1.1). Not critical: mbed TLS refuses critical extensions that it does not know.
        private static readonly byte[] TcbInfo =
        {
            0x30, 0x4D, 0x06, 0x06, 0x67, 0x81, 0x05, 0x05, 0x04, 0x01, 0x04, 0x43, 0x30, 0x41,
            0x80, 0x06, (byte)'M', (byte)'X', (byte)'C', (byte)'H', (byte)'I', (byte)'P',
            0x81, 0x06, (byte)'A', (byte)'Z', (byte)'3', (byte)'1', (byte)'6', (byte)'6',
            0xA6, 0x2F, 0x30, 0x2D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x04, 0x20,
        };

        /// <summary>The certificate's TBSCertificate: what the DeviceID key signs.</summary>
        /// <param name="registrationId">The subject's common name.</param>
        /// <param name="publicKey">The alias key, 65 bytes.</param>
        /// <param name="keyId">The alias key's identifier.</param>
        /// <param name="issuer">The DeviceID's name, encoded.</param>
        /// <param name="issuerKeyId">The DeviceID key's identifier.</param>
        /// <param name="fwid">The measurement of the firmware.</param>
        internal static byte[] EncodeTbsCertificate(
            string registrationId, byte[] publicKey, byte[] keyId, byte[] issuer, byte[] issuerKeyId, byte[] fwid)
        {
            DerWriter der = new DerWriter(640);
            byte[] name = Ascii.GetBytes(registrationId);
            byte[] serialNumber = new byte[Sha256.DigestLength];
            Sha256 sha = new Sha256();
            sha.Update(keyId, 0, keyId.Length);
            sha.Update(name, 0, name.Length);
            sha.Finish(serialNumber);

            int certificate = X509.OpenTbsCertificate(der, serialNumber, issuer, DistinguishedName.Encode(registrationId), publicKey);
            int tagged = der.Open(DerWriter.Tagged3);
            int extensions = der.Open(DerWriter.Sequence);
            der.Write(ExtensionsToKeyId);
            der.Write(keyId);
            der.Write(AuthorityKeyId);
            der.Write(issuerKeyId);
            der.Write(TcbInfo);
            der.Write(fwid);
            der.Close(extensions);
            der.Close(tagged);
            der.Close(certificate);
            return der.ToArray();
        }
    }
}
