using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.CertGen.Inspection;

/// <summary>Public keys in words.</summary>
internal static class KeyDescription
{
    // RFC 7093, 2 (1): the leftmost 160 bits.
    private const int KeyIdLength = 20;
    private const string P256Oid = "1.2.840.10045.3.1.7";

    /// <summary>The kind and size of a key, such as <c>ECDSA P-256</c>.</summary>
    public static string Of(PublicKey key)
    {
        using ECDsa? elliptic = key.GetECDsaPublicKey();
        using RSA? rsa = key.GetRSAPublicKey();
        return elliptic != null ? $"ECDSA {NameOf(elliptic.ExportParameters(false).Curve)}"
            : rsa != null ? $"RSA-{rsa.KeySize}"
            : key.Oid.FriendlyName ?? key.Oid.Value ?? "unknown";
    }

    /// <summary>The key identifier, 40 hex characters.</summary>
    public static string KeyIdOf(PublicKey key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.EncodedKeyValue.RawData).AsSpan(0, KeyIdLength));

    private static string NameOf(ECCurve curve) => curve.Oid.Value == P256Oid ? "P-256" : curve.Oid.FriendlyName ?? curve.Oid.Value
        ?? "unknown curve";
}
