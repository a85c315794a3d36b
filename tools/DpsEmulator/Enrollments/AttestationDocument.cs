using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>An enrollment's attestation as the service's REST has it, read and written.</summary>
internal static class AttestationDocument
{
    private const string X509 = "x509";
    private const string SymmetricKeys = "symmetricKey";

    /// <summary>Reads an attestation. A key that is left out is made, or stays as it is.</summary>
    /// <exception cref="FormatException">It is none; the message names the field and the remedy.</exception>
    internal static Attestation Read(EnrollmentKind kind, string id, JsonObject enrollment, Attestation? present, DateTimeOffset now)
    {
        JsonObject json = enrollment.GetObject("attestation")
            ?? throw new FormatException($"The enrollment has no 'attestation', of type {X509} or {SymmetricKeys}.");
        return json.GetText("type") switch
        {
            X509 => ReadCertificates(kind, id, json.GetObject(X509) ?? [], present, now),
            SymmetricKeys => ReadKeys(json.GetObject(SymmetricKeys) ?? [], present),
            "tpm" => throw new FormatException("'attestation.type' tpm is not here: use x509 or symmetricKey."),
            var other => throw new FormatException($"'attestation.type' is '{other}': here are {X509} and {SymmetricKeys}."),
        };
    }

    /// <summary>Writes an attestation.</summary>
    /// <param name="attestation">The attestation.</param>
    /// <param name="withKeys">Whether it shows symmetric keys; it shows certificates' bytes then as well.</param>
    internal static JsonObject Write(Attestation attestation, bool withKeys)
    {
        if (attestation.Type == AttestationType.SymmetricKey)
        {
            var keys = new JsonObject { ["type"] = SymmetricKeys };
            if (withKeys)
            {
                keys[SymmetricKeys] = new JsonObject
                {
                    ["primaryKey"] = Convert.ToBase64String(attestation.Primary),
                    ["secondaryKey"] = attestation.Secondary is null ? "" : Convert.ToBase64String(attestation.Secondary),
                };
            }

            return keys;
        }

        var pair = new JsonObject { ["primary"] = WriteCertificate(attestation.Primary, withKeys) };
        if (attestation.Secondary is not null)
        {
            pair["secondary"] = WriteCertificate(attestation.Secondary, withKeys);
        }

        string name = attestation.Type == AttestationType.ClientCertificates ? "clientCertificates" : "signingCertificates";
        return new JsonObject { ["type"] = X509, [X509] = new JsonObject { [name] = pair } };
    }

    /// <summary>What a certificate says of itself, as the REST shows it.</summary>
    internal static JsonObject WriteInfo(X509Certificate2 certificate) => new()
    {
        ["subjectName"] = certificate.Subject,
        ["sha1Thumbprint"] = certificate.Thumbprint,
        ["sha256Thumbprint"] = certificate.GetCertHashString(HashAlgorithmName.SHA256),
        ["issuerName"] = certificate.Issuer,
        ["notBeforeUtc"] = Timestamps.ToText(certificate.NotBefore),
        ["notAfterUtc"] = Timestamps.ToText(certificate.NotAfter),
        ["serialNumber"] = certificate.SerialNumber,
        ["version"] = certificate.Version,
    };

    private static Attestation ReadKeys(JsonObject json, Attestation? present)
    {
        Attestation? old = present?.Type == AttestationType.SymmetricKey ? present : null;
        return new Attestation(
            AttestationType.SymmetricKey,
            ReadKey(json, "primaryKey") ?? old?.Primary ?? SymmetricKey.Generate().Bytes,
            ReadKey(json, "secondaryKey") ?? old?.Secondary ?? SymmetricKey.Generate().Bytes);
    }

    private static byte[]? ReadKey(JsonObject json, string name) =>
        json.GetText(name) is { Length: > 0 } text ? SymmetricKey.Parse(text, name).Bytes : null;

    private static Attestation ReadCertificates(EnrollmentKind kind, string id, JsonObject json, Attestation? present, DateTimeOffset now)
    {
        if (json["caReferences"] is JsonObject references && references.Any(reference => reference.Value is not null))
        {
            throw new FormatException(
                "'caReferences' names certificates of an Azure resource, which is not here: use 'signingCertificates'.");
        }

        JsonObject? client = json.GetObject("clientCertificates");
        JsonObject? signing = json.GetObject("signingCertificates");
        if ((client is null) == (signing is null))
        {
            throw new FormatException("'attestation.x509' has either 'clientCertificates' or 'signingCertificates'.");
        }

        if (client is not null && kind == EnrollmentKind.Group)
        {
            throw new FormatException("A group has 'signingCertificates', those of its CAs: 'clientCertificates' are for one device.");
        }

        AttestationType type = client is null ? AttestationType.SigningCertificates : AttestationType.ClientCertificates;
        Attestation? old = present?.Type == type ? present : null;
        byte[] primary = ReadCertificate((client ?? signing)!, "primary", type, id, old?.Primary, now)
            ?? throw new FormatException("The enrollment's primary certificate is missing.");
        return new Attestation(type, primary, ReadCertificate((client ?? signing)!, "secondary", type, id, old?.Secondary, now));
    }

    /// <summary>A certificate of the document; one that is only described, as a GET shows it, is the one that is there.</summary>
    private static byte[]? ReadCertificate(
        JsonObject pair, string name, AttestationType type, string id, byte[]? present, DateTimeOffset now)
    {
        if (pair.GetObject(name) is not { } json)
        {
            return null;
        }

        if (json.GetText("certificate") is not { Length: > 0 } text)
        {
            return json["info"] is null ? null : present;
        }

        byte[] der = UploadedCertificate.Read(Encoding.UTF8.GetBytes(text));
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
        return (type == AttestationType.ClientCertificates
            ? EnrollmentCertificate.FindProblem(certificate, id, now)
            : EnrollmentCertificate.FindAuthorityProblem(certificate, now)) is { } problem
            ? throw new FormatException(problem)
            : der;
    }

    private static JsonObject WriteCertificate(byte[] der, bool withBytes)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
        var json = new JsonObject { ["info"] = WriteInfo(certificate) };
        if (withBytes)
        {
            json["certificate"] = Convert.ToBase64String(der);
        }

        return json;
    }
}
