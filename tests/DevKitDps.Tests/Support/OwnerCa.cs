using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Dice;

namespace DevKit.Dps.Tests.Support;

/// <summary>An owner's CA.</summary>
internal static class OwnerCa
{
    /// <summary>Signs a device's DeviceID request; returns the certificate, DER.</summary>
    internal static byte[] Sign(DiceCredential credential)
    {
        CertificateRequest asked = CertificateRequest.LoadSigningRequest(credential.DeviceIdRequest, HashAlgorithmName.SHA256);
        using ECDsa ownerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest owner = new("CN=Owner CA", ownerKey, HashAlgorithmName.SHA256);
        owner.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 1, true));
        using X509Certificate2 ca = owner.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(10));
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        asked.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using X509Certificate2 signed = asked.Create(
            ca, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(5), [1, 2, 3, 4]);
        return signed.RawData;
    }
}
