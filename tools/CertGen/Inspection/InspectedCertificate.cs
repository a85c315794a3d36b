using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Platform;

namespace DevKit.CertGen.Inspection;

/// <summary>What a certificate says, as far as it matters to a DevKit.</summary>
internal sealed record InspectedCertificate
{
    private const string DeviceIdName = "DevKit DeviceID ";

    // TCG DICE Attestation Architecture, 6.1.1.
    private const string TcbInfoOid = "2.23.133.5.4.1";
    private const string SubjectAlternativeNameOid = "2.5.29.17";

    // 1.3.6.1.4.1.311.89.3.1, Microsoft's RIoT: the original firmware puts it into an alternative name.
    private static readonly byte[] RiotOid = [0x06, 0x0A, 0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x59, 0x03, 0x01];

    public required CertificateKind Kind { get; init; }

    /// <summary>The subject's common name; null if there is not just one.</summary>
    public required string? CommonName { get; init; }

    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    /// <summary>Hexadecimal.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>UTC, ISO 8601.</summary>
    public required string NotBefore { get; init; }

    /// <summary>UTC, ISO 8601; 9999-12-31 stands for no expiry (RFC 5280, 4.1.2.5).</summary>
    public required string NotAfter { get; init; }

    /// <summary>The key's kind, such as <c>ECDSA P-256</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The key identifier as this firmware computes it (RFC 7093, 2 (1)), 40 hex characters.</summary>
    public required string KeyId { get; init; }

    /// <summary>The issuer's key identifier, 40 hex characters; null where the certificate does not name it.</summary>
    public string? IssuerKeyId { get; init; }

    /// <summary>The measurement that an alias certificate states, 64 hex characters.</summary>
    public string? Fwid { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>As Azure's portal shows it.</summary>
    public required string Sha1 { get; init; }

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="CryptographicException">A field can't be read.</exception>
    public static InspectedCertificate Read(X509Certificate2 certificate)
    {
        string? fwid = ReadFwid(certificate);
        return new InspectedCertificate
        {
            Kind = FindKind(certificate, fwid),
            CommonName = CertificateName.ReadCommonName(certificate),
            Subject = certificate.Subject,
            Issuer = certificate.Issuer,
            SerialNumber = certificate.SerialNumber,
            NotBefore = Write(certificate.NotBefore),
            NotAfter = Write(certificate.NotAfter),
            Key = KeyDescription.Of(certificate.PublicKey),
            KeyId = KeyDescription.KeyIdOf(certificate.PublicKey),
            IssuerKeyId = ReadIssuerKeyId(certificate),
            Fwid = fwid,
            Sha256 = Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256)),
            Sha1 = certificate.Thumbprint,
        };
    }

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine($"Certificate: {DescribeKind()}");
        output.WriteLine($"  Subject: {Subject}");
        output.WriteLine($"  Issuer: {Issuer}");
        output.WriteLine($"  Serial number: {SerialNumber}");
        output.WriteLine($"  Valid: {NotBefore} to {NotAfter}");
        output.WriteLine($"  Key: {Key}, id {KeyId}");
        WriteIfAny(output, "Issuer's key id", IssuerKeyId);
        WriteIfAny(output, "FWID", Fwid);
        output.WriteLine($"  SHA-256: {Sha256}");
        output.WriteLine($"  SHA-1 (thumbprint in Azure's portal): {Sha1}");
    }

    private static void WriteIfAny(TextWriter output, string name, string? value)
    {
        if (value != null)
        {
            output.WriteLine($"  {name}: {value}");
        }
    }

    private string DescribeKind() => Kind switch
    {
        CertificateKind.Alias => $"the alias certificate of the device {CommonName}, to enroll by itself",
        CertificateKind.DeviceId => "a board's DeviceID, self-signed",
        CertificateKind.SignedDeviceId => "a board's DeviceID, signed by an owner's CA: for set_device_cert",
        CertificateKind.Authority => "a CA's, to enroll with a group",
        CertificateKind.Legacy => $"the original Arduino firmware's, of the device {CommonName}: its DeviceID private key follows from it",
        _ => "none that a DevKit makes or needs",
    };

    private static CertificateKind FindKind(X509Certificate2 certificate, string? fwid)
    {
        bool isAuthority = certificate.Extensions.OfType<X509BasicConstraintsExtension>()
            .Any(constraints => constraints.CertificateAuthority);
        bool isDeviceId = CertificateName.ReadCommonName(certificate)?.StartsWith(DeviceIdName, StringComparison.Ordinal) ?? false;
        return isAuthority && isDeviceId ? (IsSelfIssued(certificate) ? CertificateKind.DeviceId : CertificateKind.SignedDeviceId)
            : isAuthority ? CertificateKind.Authority
            : IsLegacy(certificate) ? CertificateKind.Legacy
            : fwid != null ? CertificateKind.Alias
            : CertificateKind.Other;
    }

    private static bool IsSelfIssued(X509Certificate2 certificate)
        => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool IsLegacy(X509Certificate2 certificate)
        => certificate.Extensions[SubjectAlternativeNameOid] is { } name && name.RawData.AsSpan().IndexOf(RiotOid) >= 0;

    private static string? ReadIssuerKeyId(X509Certificate2 certificate)
    {
        ReadOnlyMemory<byte>? id = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;
        return id == null ? null : Convert.ToHexStringLower(id.Value.Span);
    }

    // DiceTcbInfo: fwids [6] is a sequence of FWID, each an algorithm and a digest; whatever else stands there is passed over.
    private static string? ReadFwid(X509Certificate2 certificate)
    {
        if (certificate.Extensions[TcbInfoOid] is not { } extension)
        {
            return null;
        }

        try
        {
            AsnReader fields = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            var fwids = new Asn1Tag(TagClass.ContextSpecific, 6, isConstructed: true);
            while (fields.HasData && !fields.PeekTag().HasSameClassAndValue(fwids))
            {
                fields.ReadEncodedValue();
            }

            AsnReader fwid = fields.ReadSequence(fwids).ReadSequence();
            fwid.ReadObjectIdentifier();
            return Convert.ToHexStringLower(fwid.ReadOctetString());
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static string Write(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
