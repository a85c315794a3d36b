using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A CA that issues what a CA should, and what none should.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Start = new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key;

    private TestAuthority(X509Certificate2 certificate, ECDsa key) => (Certificate, _key) = (certificate, key);

    internal X509Certificate2 Certificate { get; }

    internal byte[] Der => Certificate.RawData;

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>A CA; without an issuer it signs itself.</summary>
    internal static TestAuthority Create(string name, TestAuthority? issuer = null, Certified? certified = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TestAuthority(Sign(Subject(name), key, issuer, certified ?? new Certified { IsAuthority = true }), key);
    }

    /// <summary>A device's certificate, with its key.</summary>
    internal X509Certificate2 Issue(string name, Certified? certified = null) => Issue(Subject(name), certified);

    /// <summary>The same with any subject.</summary>
    internal X509Certificate2 Issue(X500DistinguishedName subject, Certified? certified = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 made = Sign(subject, key, this, certified ?? new Certified());
        return made.CopyWithPrivateKey(key);
    }

    /// <summary>A subject of common names, whatever is in them.</summary>
    internal static X500DistinguishedName Subject(params string[] commonNames)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (string name in commonNames)
            {
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("2.5.4.3");
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, name);
                }
            }
        }

        return new X500DistinguishedName(writer.Encode());
    }

    private static X509Certificate2 Sign(X500DistinguishedName subject, ECDsa key, TestAuthority? issuer, Certified certified)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certified.IsAuthority, certified.PathLength is not null, certified.PathLength ?? 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            certified.KeyUsage ?? (certified.IsAuthority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature), true));
        if (certified.ExtendedKeyUsage is { } usage)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        }

        byte[] serial = RandomNumberGenerator.GetBytes(8);
        serial[0] = 1;
        return request.Create(
            issuer?.Certificate.SubjectName ?? subject,
            X509SignatureGenerator.CreateForECDsa(issuer?._key ?? key),
            certified.NotBefore ?? Start,
            certified.NotAfter ?? End,
            serial);
    }
}

/// <summary>What a certificate says, but for its names.</summary>
internal sealed record Certified
{
    internal bool IsAuthority { get; init; }

    internal int? PathLength { get; init; }

    internal X509KeyUsageFlags? KeyUsage { get; init; }

    internal string? ExtendedKeyUsage { get; init; }

    internal DateTimeOffset? NotBefore { get; init; }

    internal DateTimeOffset? NotAfter { get; init; }
}
