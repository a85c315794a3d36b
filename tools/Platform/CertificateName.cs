using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.Platform;

/// <summary>What a certificate is called. .NET's own reader of names drops a NUL at the end of one: it is not used here.</summary>
public static class CertificateName
{
    private const string CommonNameOid = "2.5.4.3";

    /// <summary>The common name of a certificate's subject.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>The name; null where there is none, or more than one.</returns>
    public static string? ReadCommonName(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return ReadCommonName(certificate.SubjectName);
    }

    /// <summary>The common name in a name (RFC 5280, 4.1.2.4).</summary>
    /// <param name="name">The distinguished name.</param>
    /// <returns>The name; null where there is none, more than one, or one that is no text.</returns>
    public static string? ReadCommonName(X500DistinguishedName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            var names = new List<string>();
            AsnReader parts = new AsnReader(name.RawData, AsnEncodingRules.DER).ReadSequence();
            while (parts.HasData)
            {
                AsnReader attributes = parts.ReadSetOf();
                while (attributes.HasData)
                {
                    AsnReader attribute = attributes.ReadSequence();
                    if (attribute.ReadObjectIdentifier() == CommonNameOid)
                    {
                        names.Add(attribute.ReadCharacterString((UniversalTagNumber)attribute.PeekTag().TagValue));
                    }
                }
            }

            return names.Count == 1 ? names[0] : null;
        }
        catch (Exception error) when (error is AsnContentException or ArgumentException)
        {
            return null;
        }
    }
}
