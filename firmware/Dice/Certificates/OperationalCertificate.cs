namespace DevKit.Dice.Certificates
{
    /// <summary>Looks at the certificates that a cloud's CA issued for the alias key.</summary>
    internal static class OperationalCertificate
    {
        private const int MaximumCount = 8;

        /// <summary>Why a chain does not certify a device; null if it does.</summary>
        /// <param name="chain">The certificates, the leaf first.</param>
        /// <param name="registrationId">The registration ID.</param>
        /// <param name="publicKey">The alias key, 65 bytes.</param>
        internal static string FindProblem(byte[][] chain, string registrationId, byte[] publicKey)
        {
            if (chain.Length == 0 || chain.Length > MaximumCount)
            {
                return "The chain has " + chain.Length.ToString() + " certificates: 1 to " + MaximumCount.ToString() + " are taken.";
            }

            byte[] issuer = null;
            for (int i = 0; i < chain.Length; i++)
            {
                CertificateFields certificate = CertificateFields.Read(chain[i]);
                if (certificate == null)
                {
                    return "Certificate " + (i + 1).ToString() + " of the chain is not a whole X.509 certificate in DER.";
                }

                string problem = i == 0 ? FindLeafProblem(certificate, registrationId, publicKey) : null;
                if (problem != null)
                {
                    return problem;
                }

                if (i > 0 && !SecretBytes.AreEqual(certificate.Subject, issuer))
                {
                    return "Certificate " + (i + 1).ToString() + " of the chain is not the issuer's of the one before it.";
                }

                issuer = certificate.Issuer;
            }

            return null;
        }

        private static string FindLeafProblem(CertificateFields leaf, string registrationId, byte[] publicKey)
        {
            if (!SecretBytes.AreEqual(leaf.PublicKeyInfo, X509.EncodePublicKey(publicKey)))
            {
                return "The certificate certifies another key than this device's alias key.";
            }

            string name = DistinguishedName.FindCommonName(leaf.Subject);
            if (name == null)
            {
                return "The certificate's subject does not have one common name as a UTF8String or PrintableString.";
            }

            if (!AreEqualWithoutCase(name, registrationId))
            {
                return "The certificate's common name is \"" + name + "\", not this device's registration ID \"" + registrationId + "\".";
            }

            return leaf.IsCa ? "The certificate is a CA's (basicConstraints with CA true), not a device's." : null;
        }

        // A registration ID has lower-case letters only; DPS compares without regard to case, so a CA may have written it otherwise.
        private static bool AreEqualWithoutCase(string name, string registrationId)
        {
            bool equal = name.Length == registrationId.Length;
            for (int i = 0; equal && i < name.Length; i++)
            {
                char c = name[i];
                equal = (c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c) == registrationId[i];
            }

            return equal;
        }
    }
}
