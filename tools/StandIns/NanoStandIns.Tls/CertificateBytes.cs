using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NanoStandIns.Tls;

/// <summary>Certificates as the device's TLS takes them: DER, or PEM with a NUL as its last byte.</summary>
internal static class CertificateBytes
{
    private const string PemMarker = "-----BEGIN CERTIFICATE-----";

    /// <summary>The bytes with a NUL behind them.</summary>
    internal static byte[] WithNul(byte[] bytes)
    {
        byte[] terminated = new byte[bytes.Length + 1];
        bytes.CopyTo(terminated, 0);
        return terminated;
    }

    /// <summary>The certificates in the bytes, at least one.</summary>
    /// <exception cref="ArgumentException">There is none, or one is damaged.</exception>
    internal static X509Certificate2Collection Decode(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var certificates = new X509Certificate2Collection();
        try
        {
            string text = Encoding.ASCII.GetString(bytes);
            if (bytes.Length > 0 && bytes[^1] == 0 && text.Contains(PemMarker, StringComparison.Ordinal))
            {
                certificates.ImportFromPem(text);
            }
            else if (text.Contains(PemMarker, StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    "A PEM certificate without a NUL as its last byte: the device's TLS takes it for DER and refuses it.");
            }
            else
            {
                certificates.Add(X509CertificateLoader.LoadCertificate(bytes));
            }
        }
        catch (CryptographicException error)
        {
            throw new ArgumentException("The bytes are no X.509 certificate in DER or PEM.", error);
        }

        return certificates.Count > 0 ? certificates : throw new ArgumentException("The bytes hold no X.509 certificate.");
    }
}
