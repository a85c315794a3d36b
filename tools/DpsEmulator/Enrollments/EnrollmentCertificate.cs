using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>What may be enrolled: one certificate in PEM, valid now, whose common name is a registration ID.</summary>
internal static class EnrollmentCertificate
{
    private const string CommonNameOid = "2.5.4.3";

    /// <summary>Reads an uploaded file.</summary>
    /// <param name="pem">The file's text.</param>
    /// <param name="now">The time.</param>
    /// <param name="registrationId">The certificate's common name.</param>
    /// <returns>The certificate, DER.</returns>
    /// <exception cref="FormatException">It cannot be enrolled; the message says why and what to do.</exception>
    internal static byte[] Read(string pem, DateTimeOffset now, out string registrationId)
    {
        if (pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new FormatException("The file holds a private key. Upload the certificate alone; a private key stays with its device.");
        }

        using X509Certificate2 certificate = ReadOnly(pem);
        registrationId = CommonName(certificate)
            ?? throw new FormatException(
                $"The certificate's subject ({certificate.Subject}) has no single common name, which is the registration ID.");
        if (!RegistrationIds.IsValid(registrationId))
        {
            throw new FormatException($"The certificate's common name '{registrationId}' is no registration ID: {RegistrationIds.Rule}.");
        }

        if (now.LocalDateTime < certificate.NotBefore || now.LocalDateTime > certificate.NotAfter)
        {
            throw new FormatException($"The certificate is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}, and not now.");
        }

        return certificate.RawData;
    }

    /// <summary>The one common name of a certificate's subject, or null.</summary>
    internal static string? CommonName(X509Certificate2 certificate)
    {
        string[] names = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonNameOid)
            .Select(part => part.GetSingleElementValue() ?? "")
            .ToArray();
        return names.Length == 1 ? names[0] : null;
    }

    private static X509Certificate2 ReadOnly(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new FormatException("The file is damaged: it has a certificate's PEM lines and no certificate between them.", error);
        }

        return certificates.Count switch
        {
            1 => certificates[0],
            0 => throw new FormatException(
                "The file holds no certificate: a .pem file has a block of BEGIN CERTIFICATE to END CERTIFICATE."),
            _ => throw new FormatException(
                $"The file holds {certificates.Count} certificates. "
                + "An individual enrollment takes one, the device's own: upload that alone."),
        };
    }
}
