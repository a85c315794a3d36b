using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Certificates;

using DevKit.Platform;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>Which certificates may be enrolled: a device's own, whose common name is its registration ID, or a CA's, for a group.</summary>
internal static class EnrollmentCertificate
{
    /// <summary>Why a device's certificate cannot be enrolled; null when it can.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="registrationId">The registration ID; null when it is to be the certificate's common name.</param>
    /// <param name="now">The time.</param>
    internal static string? FindProblem(X509Certificate2 certificate, string? registrationId, DateTimeOffset now)
    {
        string? name = CertificateName.ReadCommonName(certificate);
        if (name is null)
        {
            return $"The certificate's subject ({certificate.Subject}) has no single common name, which is the registration ID.";
        }

        if (!RegistrationIds.IsValid(name))
        {
            return $"The certificate's common name '{name}' is no registration ID: {RegistrationIds.Rule}.";
        }

        return registrationId is not null && !registrationId.Equals(name, StringComparison.OrdinalIgnoreCase)
            ? $"The registration ID '{registrationId}' is not the certificate's common name, '{name}'."
            : FindDateProblem(certificate, now);
    }

    /// <summary>Why a CA's certificate cannot be enrolled; null when it can.</summary>
    internal static string? FindAuthorityProblem(X509Certificate2 certificate, DateTimeOffset now)
    {
        X509BasicConstraintsExtension? constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        return constraints is { CertificateAuthority: true }
            ? FindDateProblem(certificate, now)
            : $"The certificate '{certificate.Subject}' is no CA's (basic constraints, RFC 5280, 4.2.1.9): "
                + "a group takes the certificate of the CA that issued its devices' certificates.";
    }

    private static string? FindDateProblem(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (CertificateValidity.FindProblem(certificate, now) is null)
        {
            return null;
        }

        string state = now.UtcDateTime > certificate.NotAfter.ToUniversalTime() ? "has expired" : "is not valid yet";
        return $"The certificate {state}: it is valid from {certificate.NotBefore.ToUniversalTime():u} to "
            + $"{certificate.NotAfter.ToUniversalTime():u}, and it is {now:u}.";
    }
}
