using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Storage;
using DevKit.Platform;

namespace DevKit.DpsEmulator.Certificates;

/// <summary>The certificate that the MQTT server shows, for all the names that it goes by.</summary>
internal static class ServerCertificate
{
    private const string CertificateFile = "server.pem";
    private const string KeyFile = "server.key.pem";
    private const int KeyBits = 2048;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2 * 365);
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(60);

    /// <summary>The folder's server certificate with its key, made or renewed if need be.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="authority">Who signs it.</param>
    /// <param name="names">DNS names and IP addresses that it must have.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="DataFolderException">The folder's files cannot be read.</exception>
    internal static X509Certificate2 Open(
        DataFolder folder, CertificateAuthority authority, IReadOnlyList<string> names, DateTimeOffset now)
    {
        X509Certificate2? kept = LoadSound(folder);
        if (kept is not null && IsUsable(kept, authority, names, now))
        {
            return kept;
        }

        kept?.Dispose();
        using var key = RSA.Create(KeyBits);
        using X509Certificate2 made = Create(key, authority, names, now);
        StoredCertificate.Save(folder, CertificateFile, KeyFile, made, key);
        return CertificateWithKey.Join(made, key);
    }

    /// <summary>What is damaged is made anew: nothing is lost with it, as devices trust the CA.</summary>
    private static X509Certificate2? LoadSound(DataFolder folder)
    {
        try
        {
            return StoredCertificate.Load(folder, CertificateFile, KeyFile);
        }
        catch (DamagedCertificateException)
        {
            return null;
        }
    }

    /// <summary>The names and addresses in a certificate's subject alternative name.</summary>
    internal static IReadOnlyList<string> ReadNames(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names =
            certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
    }

    private static bool IsUsable(
        X509Certificate2 certificate, CertificateAuthority authority, IReadOnlyList<string> names, DateTimeOffset now) =>
        certificate.NotBefore <= now.LocalDateTime
        && now.LocalDateTime + RenewedBefore < certificate.NotAfter
        && certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.Certificate.SubjectName.RawData)
        && names.Order(StringComparer.OrdinalIgnoreCase).SequenceEqual(
            ReadNames(certificate).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);

    private static X509Certificate2 Create(RSA key, CertificateAuthority authority, IReadOnlyList<string> names, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=DevKit DPS emulator", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority.Certificate, true, false));
        var alternative = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                alternative.AddIpAddress(address);
            }
            else
            {
                alternative.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternative.Build());
        return request.Create(authority.Certificate, StoredCertificate.Start(now), now + Lifetime, StoredCertificate.CreateSerial());
    }
}
