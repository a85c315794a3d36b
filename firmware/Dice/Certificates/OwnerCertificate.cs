using DevKit.Dice.Encodings;

namespace DevKit.Dice.Certificates
{
    /// <summary>Looks at a DeviceID certificate that an owner's CA has signed.</summary>
    internal static class OwnerCertificate
    {
        /// <summary>Why a certificate cannot stand between an owner's CA and our alias certificate; null if it can.</summary>
        /// <param name="der">The certificate.</param>
        /// <param name="publicKey">The DeviceID key, 65 bytes.</param>
        /// <param name="keyId">The DeviceID key's identifier.</param>
        /// <param name="warning">What will keep others from building a chain with it; null if nothing will.</param>
        internal static string FindProblem(byte[] der, byte[] publicKey, byte[] keyId, out string warning)
        {
            warning = null;
            CertificateFields certificate = CertificateFields.Read(der);
            if (certificate == null)
            {
                return "It is not a whole X.509 certificate in DER.";
            }

            // A CA may write the name anew as a PrintableString, which is the same name to whoever builds a chain (RFC 5280, 7.1).
            byte[] name = DeviceIdCertificate.EncodeName(keyId), printableName = (byte[])name.Clone();
            printableName[DistinguishedName.TextOffset] = DerWriter.PrintableString;
            if (!SecretBytes.AreEqual(certificate.Subject, name) && !SecretBytes.AreEqual(certificate.Subject, printableName))
            {
                return "Its subject is not this DeviceID's name.";
            }

            if (!SecretBytes.AreEqual(certificate.PublicKeyInfo, X509.EncodePublicKey(publicKey)))
            {
                return "It certifies another key than this DeviceID's.";
            }

            if (!certificate.IsCa)
            {
                return "It is not a CA's certificate (basicConstraints with CA true), so it cannot vouch for the alias certificate.";
            }

            if (!certificate.MaySignCertificates)
            {
                return "Its keyUsage lacks keyCertSign, so it cannot vouch for the alias certificate.";
            }

            if (certificate.SubjectKeyId != null && !SecretBytes.AreEqual(certificate.SubjectKeyId, keyId))
            {
                warning =
                    "Its subjectKeyIdentifier is not the one that the alias certificate names, so others will not build a chain with"
                    + " it. Have the request signed with subjectKeyIdentifier = " + Hex.Encode(keyId) + ", or without that extension.";
            }

            return null;
        }
    }
}
