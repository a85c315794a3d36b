using DevKit.Dice.Encodings;

namespace DevKit.Dice.Certificates
{
    /// <summary>
    /// The fields of somebody else's X.509 certificate that are looked at here (RFC 5280, 4.1). Its signature is not verified: whom to
    /// trust is for the service to say.
    /// </summary>
    internal sealed class CertificateFields
    {
        private static readonly byte[] BasicConstraints = { 0x55, 0x1D, 0x13 };
        private static readonly byte[] KeyUsage = { 0x55, 0x1D, 0x0F };
        private static readonly byte[] SubjectKeyIdentifier = { 0x55, 0x1D, 0x0E };
        private static readonly byte[] True = { 0xFF };

        private CertificateFields()
        {
        }

        /// <summary>The issuer's name, encoded.</summary>
        internal byte[] Issuer { get; private set; }

        /// <summary>The subject's name, encoded.</summary>
        internal byte[] Subject { get; private set; }

        /// <summary>The subject's key, encoded.</summary>
        internal byte[] PublicKeyInfo { get; private set; }

        /// <summary>Whether it is a CA's: basicConstraints with cA.</summary>
        internal bool IsCa { get; private set; }

        /// <summary>Whether keyUsage, if there is one, has keyCertSign.</summary>
        internal bool MaySignCertificates { get; private set; } = true;

        /// <summary>The subject's key identifier; null without one, empty if it is malformed.</summary>
        internal byte[] SubjectKeyId { get; private set; }

        /// <summary>Reads a certificate.</summary>
        /// <param name="der">The certificate in DER.</param>
        /// <returns>Its fields; null if it is not one whole certificate.</returns>
        internal static CertificateFields Read(byte[] der)
        {
            CertificateFields fields = new CertificateFields();
            DerReader whole = new DerReader(der, 0, der.Length);
            return whole.Next(DerWriter.Sequence) && whole.AtEnd && fields.ReadCertificate(whole.Enter()) ? fields : null;
        }

        // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }
        private bool ReadCertificate(DerReader part)
        {
            if (!part.Next(DerWriter.Sequence))
            {
                return false;
            }

            DerReader field = part.Enter();
            return part.Next(DerWriter.Sequence) && part.Next(DerWriter.BitString) && part.AtEnd && ReadTbsCertificate(field);
        }

        // version [0] DEFAULT v1, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo, and what is optional.
        private bool ReadTbsCertificate(DerReader field)
        {
            if (!field.Next() || (field.Tag == DerWriter.Tagged0 && !field.Next()) || field.Tag != DerWriter.Integer
                || !field.Next(DerWriter.Sequence) || !field.Next(DerWriter.Sequence))
            {
                return false;
            }

            Issuer = field.ToArray();
            if (!field.Next(DerWriter.Sequence) || !field.Next(DerWriter.Sequence))
            {
                return false;
            }

            Subject = field.ToArray();
            if (!field.Next(DerWriter.Sequence))
            {
                return false;
            }

            PublicKeyInfo = field.ToArray();

            // issuerUniqueID [1] and subjectUniqueID [2] may stand in between.
            while (!field.AtEnd)
            {
                if (!field.Next())
                {
                    return false;
                }

                if (field.Tag == DerWriter.Tagged3)
                {
                    return field.AtEnd && ReadExtensions(field.Enter());
                }
            }

            return true;
        }

        private bool ReadExtensions(DerReader list)
        {
            if (!list.Next(DerWriter.Sequence) || !list.AtEnd)
            {
                return false;
            }

            DerReader extension = list.Enter();
            while (!extension.AtEnd)
            {
                if (!extension.Next(DerWriter.Sequence) || !ReadExtension(extension.Enter()))
                {
                    return false;
                }
            }

            return true;
        }

        // Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
        private bool ReadExtension(DerReader part)
        {
            if (!part.Next(DerWriter.ObjectIdentifier))
            {
                return false;
            }

            bool basicConstraints = part.ContentIs(BasicConstraints), keyUsage = part.ContentIs(KeyUsage);
            bool subjectKeyIdentifier = part.ContentIs(SubjectKeyIdentifier);
            if (!part.Next() || (part.Tag == DerWriter.Boolean && !part.Next()) || part.Tag != DerWriter.OctetString || !part.AtEnd)
            {
                return false;
            }

            DerReader value = part.Enter();
            if (basicConstraints)
            {
                IsCa = HasCa(value);
            }
            else if (keyUsage)
            {
                MaySignCertificates = HasKeyCertSign(value);
            }
            else if (subjectKeyIdentifier)
            {
                SubjectKeyId = value.Next(DerWriter.OctetString) ? value.ContentToArray() : new byte[0];
            }

            return true;
        }

        // BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }
        private static bool HasCa(DerReader value)
        {
            if (!value.Next(DerWriter.Sequence))
            {
                return false;
            }

            DerReader constraints = value.Enter();
            return constraints.Next(DerWriter.Boolean) && constraints.ContentIs(True);
        }

        // KeyUsage ::= BIT STRING, of which keyCertSign is bit 5.
        private static bool HasKeyCertSign(DerReader value)
        {
            return value.Next(DerWriter.BitString) && value.HasBit(5);
        }
    }
}
