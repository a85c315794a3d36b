using System.Security.Cryptography;
using DevKit.DpsEmulator.Certificates;

namespace DevKit.DpsEmulator.Attestations;

/// <summary>The kinds of proof that an enrollment can ask for.</summary>
internal enum AttestationType
{
    /// <summary>A SAS token, signed with one of two keys; with a group, with a key derived from one of them.</summary>
    SymmetricKey,

    /// <summary>One of two certificates, byte by byte.</summary>
    ClientCertificates,

    /// <summary>A certificate that one of two CAs, or a CA below, issued to the registration ID.</summary>
    SigningCertificates,
}

/// <summary>What a device has to prove itself with at DPS. Either of the two will do, so that one can be rolled.</summary>
/// <param name="Type">The kind of proof.</param>
/// <param name="Primary">The key, or the certificate (DER).</param>
/// <param name="Secondary">The second key or certificate; null where there is none.</param>
internal sealed record Attestation(AttestationType Type, byte[] Primary, byte[]? Secondary)
{
    /// <summary>What a device's token names as its key.</summary>
    private const string TokenKeyName = "registration";

    /// <summary>What there is of the two.</summary>
    internal IEnumerable<byte[]> Both => Secondary is null ? [Primary] : [Primary, Secondary];

    /// <summary>The keys that a device signs its tokens with.</summary>
    /// <param name="registrationId">The device.</param>
    /// <param name="derived">Whether they are derived from the group's.</param>
    internal SymmetricKey[] GetKeys(string registrationId, bool derived) =>
        [.. Both.Select(bytes => new SymmetricKey(bytes)).Select(key => derived ? key.Derive(registrationId) : key)];

    /// <summary>Why a device's proof is not enough, for the log; null when it is.</summary>
    /// <param name="proof">What it shows.</param>
    /// <param name="registrationId">Who it says it is.</param>
    /// <param name="resource">What a token has to be for.</param>
    /// <param name="derived">Whether its key is derived from the group's.</param>
    /// <param name="now">The time.</param>
    internal string? FindProblem(DeviceProof proof, string registrationId, string resource, bool derived, DateTimeOffset now) => Type switch
    {
        AttestationType.SymmetricKey when proof.Token is { } token =>
            token.FindProblem(GetKeys(registrationId, derived), resource, TokenKeyName, now),
        AttestationType.SymmetricKey => $"it shows certificate {proof.Thumbprint} (SHA-256), expected is a SAS token of its symmetric key",
        _ when proof.Certificates is null => "it shows a SAS token, expected is a certificate",
        AttestationType.ClientCertificates => FindCertificateProblem(proof, now),
        _ => CertificateChain.FindProblem(proof.Certificates, registrationId, StringComparison.OrdinalIgnoreCase, Both, now),
    };

    private string? FindCertificateProblem(DeviceProof proof, DateTimeOffset now) =>
        Both.Any(enrolled => enrolled.AsSpan().SequenceEqual(proof.Certificates!.Leaf))
            ? CertificateValidity.FindProblem(proof.Certificates!.Leaf, now)
            : $"it shows certificate {proof.Thumbprint} (SHA-256), enrolled is {string.Join(" or ", Both.Select(Thumbprint))}";

    private static string Thumbprint(byte[] certificate) => Convert.ToHexString(SHA256.HashData(certificate));
}
