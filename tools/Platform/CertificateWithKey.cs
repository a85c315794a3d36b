using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.Platform;

/// <summary>A certificate and its private key as one object that the platform's TLS takes.</summary>
public static class CertificateWithKey
{
    /// <summary>Joins them. The caller keeps both, and disposes of them.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="key">Its key, RSA or ECDSA.</param>
    /// <exception cref="ArgumentException">They do not belong together, or the key is of another kind.</exception>
    public static X509Certificate2 Join(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        ArgumentNullException.ThrowIfNull(key);
        X509Certificate2 joined = key switch
        {
            RSA rsa => certificate.CopyWithPrivateKey(rsa),
            ECDsa elliptic => certificate.CopyWithPrivateKey(elliptic),
            _ => throw new ArgumentException($"A key of the kind {key.SignatureAlgorithm} is neither RSA nor ECDSA.", nameof(key)),
        };
        return OperatingSystem.IsWindows() ? Store(joined) : joined;
    }

    // Windows' TLS takes only keys that have a place in a key store.
    private static X509Certificate2 Store(X509Certificate2 joined)
    {
        using (joined)
        {
            byte[] pfx = joined.Export(X509ContentType.Pfx);
            try
            {
                return X509CertificateLoader.LoadPkcs12(pfx, null);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(pfx);
            }
        }
    }
}
