using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A device's certificate below an intermediate CA below a root, each P-256.</summary>
internal sealed class DeviceChain : IDisposable
{
    private static readonly DateTimeOffset Start = new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private DeviceChain(X509Certificate2 root, X509Certificate2 intermediate, X509Certificate2 leaf) =>
        (Root, Intermediate, Leaf) = (root, intermediate, leaf);

    internal X509Certificate2 Root { get; }

    internal X509Certificate2 Intermediate { get; }

    internal X509Certificate2 Leaf { get; }

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        Leaf.Dispose();
    }

    internal static DeviceChain Create(string commonName)
    {
        X509Certificate2 root = Create("Test root", null, certificateAuthority: true);
        X509Certificate2 intermediate = Create("Test intermediate", root, certificateAuthority: true);
        return new DeviceChain(root, intermediate, Create(commonName, intermediate, certificateAuthority: false));
    }

    private static X509Certificate2 Create(string commonName, X509Certificate2? issuer, bool certificateAuthority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority, false, 0, true));
        if (issuer is null)
        {
            return request.CreateSelfSigned(Start, End);
        }

        using X509Certificate2 made = request.Create(issuer, Start, End, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 withKey = made.CopyWithPrivateKey(key);

        // Through PKCS #12, which gives the key the place that Windows' TLS wants it in.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}
