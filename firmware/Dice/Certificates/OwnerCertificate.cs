using DevKit.Dice.Encodings;

namespace DevKit.Dice.Certificates
{
    /// <summary>
    /// Looks at a DeviceID certificate that an owner's CA has signed. Whether the CA is one to trust is for the service to say.
    /// </summary>
    internal static class OwnerCertificate
    {
        private const string NotACertificate = "It is not a whole X.509 certificate in DER.";
        private const string NotACa =
            "It is not a CA's certificate (basicConstraints with CA true), so it cannot vouch for the alias certificate.";

        private static readonly byte[] BasicConstraints = { 0x55, 0x1D, 0x13 };
        private static readonly byte[] KeyUsage = { 0x55, 0x1D, 0x0F };
        private static readonly byte[] SubjectKeyId = { 0x55, 0x1D, 0x0E };
        private static readonly byte[] True = { 0xFF };

        /// <summary>Why a certificate cannot stand between an owner's CA and our alias certificate; null if it can.</summary>
        /// <param name="der">The certificate.</param>
        /// <param name="name">The DeviceID's name, encoded.</param>
        /// <param name="publicKeyInfo">The DeviceID key, encoded.</param>
        /// <param name="keyId">The DeviceID key's identifier.</param>
        /// <param name="warning">What will keep others from building a chain with it; null if nothing will.</param>
        internal static string FindProblem(byte[] der, byte[] name, byte[] publicKeyInfo, byte[] keyId, out string warning)
        {
            warning = null;
            DerReader whole = new DerReader(der, 0, der.Length);
            if (!whole.Next(DerWriter.Sequence) || !whole.AtEnd)
            {
                return NotACertificate;
            }

            DerReader parts = whole.Enter();
            if (!parts.Next(DerWriter.Sequence))
            {
                return NotACertificate;
            }

            // tbsCertificate with version, serialNumber, signature, issuer, validity, subject; signatureAlgorithm; signature.
            DerReader field = parts.Enter();
            if (!parts.Next(DerWriter.Sequence) || !parts.Next(DerWriter.BitString) || !parts.AtEnd
                || !field.Next(DerWriter.Tagged0) || !field.Next(DerWriter.Integer) || !field.Next(DerWriter.Sequence)
                || !field.Next(DerWriter.Sequence) || !field.Next(DerWriter.Sequence) || !field.Next(DerWriter.Sequence))
            {
                return NotACertificate;
            }

            return FindSubjectProblem(field, name, publicKeyInfo, keyId, ref warning);
        }

        // The field is the subject.
        private static string FindSubjectProblem(
            DerReader field, byte[] name, byte[] publicKeyInfo, byte[] keyId, ref string warning)
        {
            // A CA may write the name anew as a PrintableString, which is the same name to whoever builds a chain (RFC 5280, 7.1).
            byte[] printableName = (byte[])name.Clone();
            printableName[X509.NameTextOffset] = DerWriter.PrintableString;
            if (!field.Is(name) && !field.Is(printableName))
            {
                return "Its subject is not this DeviceID's name.";
            }

            if (!field.Next(DerWriter.Sequence))
            {
                return NotACertificate;
            }

            if (!field.Is(publicKeyInfo))
            {
                return "It certifies another key than this DeviceID's.";
            }

            // issuerUniqueID [1] and subjectUniqueID [2] may stand in between.
            while (!field.AtEnd)
            {
                if (!field.Next())
                {
                    return NotACertificate;
                }

                if (field.Tag == DerWriter.Tagged3)
                {
                    return field.AtEnd ? FindExtensionProblem(field, keyId, ref warning) : NotACertificate;
                }
            }

            return NotACa;
        }

        private static string FindExtensionProblem(DerReader tagged, byte[] keyId, ref string warning)
        {
            DerReader list = tagged.Enter();
            if (!list.Next(DerWriter.Sequence) || !list.AtEnd)
            {
                return NotACertificate;
            }

            bool isCa = false;
            DerReader extension = list.Enter();
            while (!extension.AtEnd)
            {
                if (!extension.Next(DerWriter.Sequence))
                {
                    return NotACertificate;
                }

                DerReader part = extension.Enter();
                if (!part.Next(DerWriter.ObjectIdentifier))
                {
                    return NotACertificate;
                }

                bool basicConstraints = part.ContentIs(BasicConstraints), keyUsage = part.ContentIs(KeyUsage);
                bool subjectKeyId = part.ContentIs(SubjectKeyId);
                if (!part.Next() || (part.Tag == DerWriter.Boolean && !part.Next()) || part.Tag != DerWriter.OctetString || !part.AtEnd)
                {
                    return NotACertificate;
                }

                DerReader value = part.Enter();
                if (basicConstraints)
                {
                    isCa = IsCa(value);
                }
                else if (keyUsage && !MaySignCertificates(value))
                {
                    return "Its keyUsage lacks keyCertSign, so it cannot vouch for the alias certificate.";
                }
                else if (subjectKeyId && !(value.Next(DerWriter.OctetString) && value.ContentIs(keyId)))
                {
                    warning =
                        "Its subjectKeyIdentifier is not the one that the alias certificate names, so others will not build a chain with"
                        + " it. Have the request signed with subjectKeyIdentifier = " + Hex.Encode(keyId) + ", or without that extension.";
                }
            }

            return isCa ? null : NotACa;
        }

        // BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }
        private static bool IsCa(DerReader value)
        {
            if (!value.Next(DerWriter.Sequence))
            {
                return false;
            }

            DerReader constraints = value.Enter();
            return constraints.Next(DerWriter.Boolean) && constraints.ContentIs(True);
        }

        // KeyUsage ::= BIT STRING, of which keyCertSign is bit 5.
        private static bool MaySignCertificates(DerReader value)
        {
            return value.Next(DerWriter.BitString) && value.HasBit(5);
        }
    }
}
