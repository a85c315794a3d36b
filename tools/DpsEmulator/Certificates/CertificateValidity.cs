using System.Security.Cryptography.X509Certificates;

namespace DevKit.DpsEmulator.Certificates;

/// <summary>When a certificate holds.</summary>
internal static class CertificateValidity
{
    /// <summary>Why a certificate (DER) does not hold now; null when it does.</summary>
    internal static string? FindProblem(byte[] der, DateTimeOffset now)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
        return FindProblem(certificate, now);
    }

    /// <summary>Why a certificate does not hold now; null when it does.</summary>
    internal static string? FindProblem(X509Certificate2 certificate, DateTimeOffset now)
    {
        (DateTime start, DateTime end) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return now.UtcDateTime > end
            ? $"the certificate expired at {end:u}, and it is {now:u}"
            : now.UtcDateTime < start ? $"the certificate holds from {start:u}, and it is {now:u}" : null;
    }
}
