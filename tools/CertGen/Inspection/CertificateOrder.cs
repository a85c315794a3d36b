using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.CertGen.Inspection;

/// <summary>Whether certificates are a chain: each one's issuer is the next one's subject, and the next one's key signed it.</summary>
internal static class CertificateOrder
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";
    private const string RsaWithSha256 = "1.2.840.113549.1.1.11";
    private const string RsaWithSha384 = "1.2.840.113549.1.1.12";

    /// <summary>Finds the first certificate that the next one did not sign.</summary>
    /// <returns>Its index; null if there is none. Dates and what each may sign are not looked at.</returns>
    public static int? FindBreak(X509Certificate2Collection certificates)
    {
        for (int i = 0; i + 1 < certificates.Count; i++)
        {
            if (!IsSignedBy(certificates[i], certificates[i + 1]))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Whether an issuer's key signed a certificate, and its name stands in it.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        if (!certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData))
        {
            return false;
        }

        // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING } (RFC 5280, 4.1).
        AsnReader parts = new AsnReader(certificate.RawData, AsnEncodingRules.DER).ReadSequence();
        ReadOnlySpan<byte> signed = parts.ReadEncodedValue().Span;
        parts.ReadEncodedValue();
        byte[] signature = parts.ReadBitString(out _);
        HashAlgorithmName hash = certificate.SignatureAlgorithm.Value is EcdsaWithSha384 or RsaWithSha384
            ? HashAlgorithmName.SHA384
            : HashAlgorithmName.SHA256;
        using ECDsa? elliptic = issuer.GetECDsaPublicKey();
        using RSA? rsa = issuer.GetRSAPublicKey();
        return certificate.SignatureAlgorithm.Value switch
        {
            EcdsaWithSha256 or EcdsaWithSha384 =>
                elliptic?.VerifyData(signed, signature, hash, DSASignatureFormat.Rfc3279DerSequence) ?? false,
            RsaWithSha256 or RsaWithSha384 => rsa?.VerifyData(signed, signature, hash, RSASignaturePadding.Pkcs1) ?? false,
            _ => false,
        };
    }
}
