using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

using DevKit.Platform;

namespace DevKit.DpsEmulator.Certificates;

/// <summary>
/// One certificate out of a file, as people have them: PEM with whatever stands around it, DER, PKCS#7 with one certificate, or
/// bare base64. What is none is refused by its kind.
/// </summary>
internal static partial class UploadedCertificate
{
    /// <summary>The longest common name (RFC 5280, appendix A.1, ub-common-name).</summary>
    internal const int MaximumCommonName = 64;

    private const string Alone = "upload the certificate alone";

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <returns>The certificate, DER.</returns>
    /// <exception cref="FormatException">It is no single certificate; the message says what it is and what to do.</exception>
    internal static byte[] Read(ReadOnlySpan<byte> file)
    {
        if (file.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new FormatException("The file is empty: upload a certificate (.pem, .cer or .der).");
        }

        if (TryReadText(file) is not { } text)
        {
            return ReadBinary(file.ToArray());
        }

        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return ReadPem(text);
        }

        return TryDecode(text) is { } bytes
            ? ReadInner(bytes)
            : throw new FormatException(
                "The file holds no certificate: a .pem file has a block of BEGIN CERTIFICATE to END CERTIFICATE, a .der file is binary.");
    }

    /// <summary>What is to be warned of in a certificate that can be enrolled; null for nothing.</summary>
    internal static string? FindWarning(X509Certificate2 certificate) =>
        CertificateName.ReadCommonName(certificate) is { Length: > MaximumCommonName } name
            ? $"The common name has {name.Length} characters: X.509 allows {MaximumCommonName} (RFC 5280), and some tools refuse more."
            : null;

    private static byte[] ReadPem(string text)
    {
        string[] labels = [.. Label().Matches(text).Select(match => match.Groups[1].Value)];
        if (labels.FirstOrDefault(label => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)) is { } key)
        {
            throw new FormatException($"The file holds a private key ({key}): {Alone}; a private key stays with its device.");
        }

        if (labels.Any(label => label.EndsWith("CERTIFICATE REQUEST", StringComparison.Ordinal)))
        {
            throw new FormatException("The file is a certificate signing request: upload the certificate that a CA made of it.");
        }

        if (labels.Any(label => label is "PKCS7" or "CMS"))
        {
            return ReadPemBlock(text, ["PKCS7", "CMS"]);
        }

        int certificates = labels.Count(label => label is "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE");
        return certificates switch
        {
            0 => throw new FormatException(labels.Length == 0
                ? "The file is damaged: it has a BEGIN line that PEM does not have (RFC 7468)."
                : $"The file holds no certificate, but: {string.Join(", ", labels.Distinct())}."),
            1 => ReadPemBlock(text, ["CERTIFICATE", "X509 CERTIFICATE"]),
            _ => throw new FormatException(
                $"The file is a chain of {certificates} certificates: an enrollment takes one. Upload the device's own alone, "
                + "or a CA's alone for a group."),
        };
    }

    private static byte[] ReadPemBlock(string text, string[] labels)
    {
        foreach (string label in labels)
        {
            // Windows and mail programs put blanks at the ends of lines, which PEM's strict form does not have.
            Match block = Regex.Match(
                text, $"-----BEGIN {label}-----([^-]*)-----END {label}-----", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            if (block.Success && TryDecode(block.Groups[1].Value) is { } bytes)
            {
                return ReadBinary(bytes);
            }
        }

        throw new FormatException(
            $"The file is damaged: between its lines BEGIN {labels[0]} and END {labels[0]} is no base64, or one of them is missing.");
    }

    /// <summary>Base64 may hold the text of a PEM file once more: the service SDKs send one so.</summary>
    private static byte[] ReadInner(byte[] bytes) =>
        TryReadText(bytes) is { } inner && inner.Contains("-----BEGIN", StringComparison.Ordinal) ? ReadPem(inner) : ReadBinary(bytes);

    private static byte[] ReadBinary(byte[] bytes)
    {
        switch (GetKind(bytes))
        {
            case X509ContentType.Cert:
                using (X509Certificate2 certificate = LoadCertificate(bytes))
                {
                    return certificate.RawData;
                }

            case X509ContentType.Pkcs7:
                return ReadPkcs7(bytes);
            case X509ContentType.Pfx:
                throw new FormatException($"The file is a PFX (PKCS#12), which holds a private key: {Alone}.");
            default:
                throw new FormatException(DescribeBinary(bytes));
        }
    }

    private static X509ContentType GetKind(byte[] bytes)
    {
        try
        {
            return X509Certificate2.GetCertContentType(bytes);
        }
        catch (CryptographicException)
        {
            return X509ContentType.Unknown;
        }
    }

    private static X509Certificate2 LoadCertificate(byte[] bytes)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(bytes);
        }
        catch (CryptographicException error)
        {
            throw new FormatException("The file is damaged: it begins as a certificate does and cannot be read as one.", error);
        }
    }

    private static byte[] ReadPkcs7(byte[] bytes)
    {
        try
        {
            var message = new SignedCms();
            message.Decode(bytes);
            return message.Certificates.Count == 1
                ? message.Certificates[0].RawData
                : throw new FormatException(
                    $"The file is a PKCS#7 of {message.Certificates.Count} certificates: an enrollment takes one. {Alone}.");
        }
        catch (CryptographicException error)
        {
            throw new FormatException("The file is damaged: it begins as PKCS#7 does and cannot be read as that.", error);
        }
    }

    private static string DescribeBinary(byte[] bytes)
    {
        if (Succeeds(() => CertificateRequest.LoadSigningRequest(
            bytes, HashAlgorithmName.SHA256, out _, CertificateRequestLoadOptions.SkipSignatureValidation)))
        {
            return "The file is a certificate signing request: upload the certificate that a CA made of it.";
        }

        return Succeeds(() => Pkcs8PrivateKeyInfo.Decode(bytes, out _, skipCopy: true))
            ? $"The file is a private key: {Alone}; a private key stays with its device."
            : "The file holds no certificate: neither PEM nor DER, PKCS#7 nor base64 can be read of it.";
    }

    private static bool Succeeds(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A file's text without its byte order mark; null when it is binary.</summary>
    private static string? TryReadText(ReadOnlySpan<byte> file)
    {
        try
        {
            string text = file switch
            {
                [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
                [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
                [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
                _ => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file),
            };
            return text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return file.IndexOf("-----BEGIN "u8) >= 0 ? Encoding.Latin1.GetString(file) : null;
        }
    }

    private static byte[]? TryDecode(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [GeneratedRegex("-----BEGIN ([A-Z0-9 ]+)-----", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
