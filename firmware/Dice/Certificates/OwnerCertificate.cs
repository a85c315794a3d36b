using DevKit.Dice.Der;

namespace DevKit.Dice.Certificates
{
    /// <summary>Looks at a DeviceID certificate that an owner's CA has signed. Whether the CA is one to trust is for the service to say.</summary>
    internal static class OwnerCertificate
    {
        private const string NotACertificate = "It is not a whole X.509 certificate in DER.";
        private const string NotACa = "It is not a CA's certificate (basicConstraints with CA true), so it cannot vouch for the alias certificate.";

        private static readonly byte[] BasicConstraints = { 0x55, 0x1D, 0x13 };
        private static readonly byte[] KeyUsage = { 0x55, 0x1D, 0x0F };
        private static readonly byte[] True = { 0xFF };

        /// <summary>Why a certificate cannot stand between an owner's CA and our alias certificate; null if it can.</summary>
        /// <param name="der">The certificate.</param>
        /// <param name="name">The DeviceID's name, encoded.</param>
        /// <param name="publicKeyInfo">The DeviceID key, encoded.</param>
        internal static string FindProblem(byte[] der, byte[] name, byte[] publicKeyInfo)
        {
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

            DerReader field = parts.Enter();
            if (!parts.Next(DerWriter.Sequence) || !parts.Next(DerWriter.BitString) || !parts.AtEnd)
            {
                return NotACertificate;
            }

            // version, serialNumber, signature, issuer, validity.
            if (!field.Next(DerWriter.Tagged0) || !field.Next(DerWriter.Integer) || !field.Next(DerWriter.Sequence)
                || !field.Next(DerWriter.Sequence) || !field.Next(DerWriter.Sequence) || !field.Next(DerWriter.Sequence))
            {
                return NotACertificate;
            }

            if (!field.Is(name))
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
            while (field.Next())
            {
                if (field.Tag == DerWriter.Tagged3)
                {
                    return FindExtensionProblem(field);
                }
            }

            return field.AtEnd ? NotACa : NotACertificate;
        }

        private static string FindExtensionProblem(DerReader tagged)
        {
            DerReader list = tagged.Enter();
            if (!list.Next(DerWriter.Sequence) || !list.AtEnd)
            {
                return NotACertificate;
            }

            bool isCa = false;
            DerReader extension = list.Enter();
            while (extension.Next(DerWriter.Sequence))
            {
                DerReader part = extension.Enter();
                if (!part.Next(DerWriter.ObjectIdentifier))
                {
                    return NotACertificate;
                }

                bool basicConstraints = part.ContentIs(BasicConstraints), keyUsage = part.ContentIs(KeyUsage);
                if (!part.Next() || (part.Tag == DerWriter.Boolean && !part.Next()) || part.Tag != DerWriter.OctetString)
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
