using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DevKit.Peers.Tests.Rig;

/// <summary>A device's certificate and key, as a script takes them: PEM, with the chain that goes out in the handshake.</summary>
internal sealed record DeviceKeys(string Certificate, string Key)
{
    /// <summary>A symmetric key of 32 bytes, base64.</summary>
    internal const string SymmetricKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly DateTimeOffset NotBefore = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NotAfter = new(2049, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>The fingerprint of the device's certificate, hexadecimal.</summary>
    internal string GetThumbprint(HashAlgorithmName algorithm)
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(Certificate);
        return certificate.GetCertHashString(algorithm);
    }

    /// <summary>A device that vouches for itself, P-256.</summary>
    internal static DeviceKeys CreateSelfSigned(string commonName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Request(commonName, key, isAuthority: false).CreateSelfSigned(NotBefore, NotAfter);
        return new DeviceKeys(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A device that its owner's CA vouches for.</summary>
    internal static DeviceKeys Create(string commonName, X509Certificate2 issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Request(commonName, key, isAuthority: false)
            .Create(issuer, NotBefore, NotAfter, RandomNumberGenerator.GetBytes(8));
        return new DeviceKeys(
            certificate.ExportCertificatePem() + "\n" + issuer.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>An owner's CA.</summary>
    internal static X509Certificate2 CreateAuthority(string commonName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(commonName, key, isAuthority: true).CreateSelfSigned(NotBefore, NotAfter);
    }

    /// <summary>The attestation of an enrollment by <see cref="SymmetricKey"/>, as DPS's REST has it.</summary>
    internal static object KeyAttestation { get; } = new { Type = "symmetricKey", SymmetricKey = new { PrimaryKey = SymmetricKey } };

    /// <summary>The authentication of a hub's device by <see cref="SymmetricKey"/>, as a hub's REST has it.</summary>
    internal static object KeyAuthentication { get; } =
        new { Type = "sas", SymmetricKey = new { PrimaryKey = SymmetricKey, SecondaryKey = SymmetricKey } };

    /// <summary>The attestation of an enrollment by this certificate, as DPS's REST has it.</summary>
    internal object ToAttestation() => new { Type = "x509", X509 = new { ClientCertificates = new { Primary = new { Certificate } } } };

    /// <summary>The certificate with its key, as .NET's TLS takes it.</summary>
    internal X509Certificate2 ToCertificate()
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(Certificate, Key);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    /// <summary>A SAS token of <see cref="SymmetricKey"/> that ends in an hour.</summary>
    internal static string CreateToken(string resource, string? keyName = null)
    {
        string sr = Uri.EscapeDataString(resource);
        string se = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signature = HMACSHA256.HashData(Convert.FromBase64String(SymmetricKey), Encoding.UTF8.GetBytes($"{sr}\n{se}"));
        string sig = Uri.EscapeDataString(Convert.ToBase64String(signature));
        return $"SharedAccessSignature sr={sr}&sig={sig}{(keyName is null ? "" : $"&skn={keyName}")}&se={se}";
    }

    private static CertificateRequest Request(string commonName, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            isAuthority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, true));
        return request;
    }
}
