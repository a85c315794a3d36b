using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Dice;

namespace DevKit.Dps.Tests.Support;

/// <summary>An owner's CA, and what it signs.</summary>
internal static class OwnerCa
{
    /// <summary>A new CA with its key.</summary>
    internal static X509Certificate2 Create()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest owner = new("CN=Owner CA", key, HashAlgorithmName.SHA256);
        owner.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 1, true));
        return owner.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(10));
    }

    /// <summary>Signs a certificate for a device's DeviceID key with a CA that nobody needs to know; returns it, DER.</summary>
    internal static byte[] Sign(DiceCredential credential)
    {
        using X509Certificate2 ca = Create();
        return Sign(credential, ca);
    }

    /// <summary>Signs a certificate for a device's DeviceID key; returns it, DER.</summary>
    internal static byte[] Sign(DiceCredential credential, X509Certificate2 ca)
    {
        using ECDsa deviceIdKey = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = credential.DeviceIdPublicKey[1..33], Y = credential.DeviceIdPublicKey[33..] },
        });
        X500DistinguishedName name = new(
            "CN=DevKit DeviceID " + Convert.ToHexStringLower(credential.DeviceIdKeyId, 0, 8),
            X500DistinguishedNameFlags.ForceUTF8Encoding);
        CertificateRequest asked = new(name, deviceIdKey, HashAlgorithmName.SHA256);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        asked.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using X509Certificate2 signed = asked.Create(
            ca, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(5), [1, 2, 3, 4]);
        return signed.RawData;
    }

    /// <summary>Signs a device's operational certificate, as its request asks; returns it, DER.</summary>
    internal static byte[] SignRequest(byte[] request, X509Certificate2 ca)
    {
        CertificateRequest asked = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using X509Certificate2 signed = asked.Create(
            ca, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(30), [5, 6, 7, 8]);
        return signed.RawData;
    }
}
