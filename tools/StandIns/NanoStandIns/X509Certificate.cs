using System.Text;
using NanoStandIns.Tls;
using DotNet = System.Security.Cryptography.X509Certificates;

namespace NanoStandIns;

/// <summary>
/// The device's <c>System.Security.Cryptography.X509Certificates.X509Certificate</c>, whose shape is not .NET's. As on the
/// device, the bytes are one certificate in DER, or one or more in PEM with a NUL behind them: PEM without it is refused.
/// </summary>
public class X509Certificate
{
    protected string _issuer;
    protected string _subject;
    protected DateTime _effectiveDate;
    protected DateTime _expirationDate;
    protected byte[] _handle;
    protected byte[] _sessionHandle;

    private readonly byte[] _certificate;

    public X509Certificate()
    {
    }

    /// <exception cref="ArgumentException">The bytes are no certificate.</exception>
    public X509Certificate(byte[] certificate)
    {
        _certificate = certificate;
        using DotNet.X509Certificate2 first = Decode(certificate);
        _issuer = first.Issuer;
        _subject = first.Subject;
        _effectiveDate = first.NotBefore.ToUniversalTime();
        _expirationDate = first.NotAfter.ToUniversalTime();
    }

    /// <summary>PEM as a string; the terminator is added here.</summary>
    /// <exception cref="ArgumentException">The text is no certificate.</exception>
    public X509Certificate(string certificate)
        : this(CertificateBytes.WithNul(Encoding.UTF8.GetBytes(certificate)))
    {
    }

    public virtual string Issuer => _issuer;

    public virtual string Subject => _subject;

    public virtual DateTime GetEffectiveDate() => _effectiveDate;

    public virtual DateTime GetExpirationDate() => _expirationDate;

    public virtual byte[] GetRawCertData() => _certificate;

    private static DotNet.X509Certificate2 Decode(byte[] certificate)
    {
        DotNet.X509Certificate2Collection all = CertificateBytes.Decode(certificate);
        for (int i = 1; i < all.Count; i++)
        {
            all[i].Dispose();
        }

        return all[0];
    }
}
