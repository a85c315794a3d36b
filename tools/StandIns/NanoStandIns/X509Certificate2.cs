using System.Security.Cryptography;
using System.Text;
using NanoStandIns.Tls;

namespace NanoStandIns;

/// <summary>
/// The device's <c>System.Security.Cryptography.X509Certificates.X509Certificate2</c>. It keeps the arrays that it is given,
/// the private key too, and reads them again for every connection: a key cleared early fails the next handshake.
/// </summary>
public class X509Certificate2 : X509Certificate
{
    private readonly byte[] _privateKey;
    private readonly string _password;

    public X509Certificate2()
    {
    }

    /// <exception cref="ArgumentException">The bytes are no certificate.</exception>
    public X509Certificate2(byte[] rawData)
        : base(rawData)
    {
    }

    /// <exception cref="ArgumentException">The text is no certificate.</exception>
    public X509Certificate2(string certificate)
        : base(certificate)
    {
    }

    /// <exception cref="ArgumentException">The text is no certificate, or no private key.</exception>
    public X509Certificate2(string rawData, string key, string password)
        : this(CertificateBytes.WithNul(Encoding.UTF8.GetBytes(rawData)), CertificateBytes.WithNul(Encoding.UTF8.GetBytes(key)), password)
    {
    }

    /// <exception cref="ArgumentException">The bytes are no certificate, or the text is no private key.</exception>
    public X509Certificate2(byte[] rawData, string key, string password)
        : this(rawData, CertificateBytes.WithNul(Encoding.UTF8.GetBytes(key)), password)
    {
    }

    /// <param name="rawData">DER, or PEM ending in a NUL; several certificates in PEM are a chain, the own one first.</param>
    /// <param name="key">The private key in DER (SEC 1, PKCS #1 or PKCS #8), or in PEM ending in a NUL. Not copied.</param>
    /// <param name="password">Password of an encrypted key, or null.</param>
    /// <exception cref="ArgumentException">The bytes are no certificate, or no private key.</exception>
    public X509Certificate2(byte[] rawData, byte[] key, string password)
        : base(rawData)
    {
        _privateKey = key;
        _password = password;
        PrivateKeyBytes.Decode(key, password).Dispose();
    }

    public bool HasPrivateKey => _privateKey != null;

    public byte[] PrivateKey => _privateKey;

    /// <summary>As on the device: the whole certificate, whatever the name says.</summary>
    public byte[] PublicKey => RawData;

    public DateTime NotAfter => _expirationDate;

    public DateTime NotBefore => _effectiveDate;

    public byte[] RawData => GetRawCertData();

    /// <summary>The private key as .NET knows it, read from the array as it is now.</summary>
    /// <exception cref="ArgumentException">The array no longer holds a private key.</exception>
    internal AsymmetricAlgorithm OpenPrivateKey() => PrivateKeyBytes.Decode(_privateKey, _password);
}
