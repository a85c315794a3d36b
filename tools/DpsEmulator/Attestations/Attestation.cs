using System.Security.Cryptography;

namespace DevKit.DpsEmulator.Attestations;

/// <summary>What a device has to prove itself with, at DPS and at the hub: one certificate, or a symmetric key.</summary>
internal sealed record Attestation
{
    private Attestation(string? thumbprint, SymmetricKey? key)
    {
        Thumbprint = thumbprint;
        Key = key;
    }

    /// <summary>SHA-256 of the certificate, hexadecimal in upper case; null with a key.</summary>
    internal string? Thumbprint { get; }

    /// <summary>The key; null with a certificate.</summary>
    internal SymmetricKey? Key { get; }

    internal static Attestation FromCertificate(byte[] certificate) => FromThumbprint(Convert.ToHexString(SHA256.HashData(certificate)));

    internal static Attestation FromThumbprint(string thumbprint) => new(thumbprint, null);

    internal static Attestation FromKey(SymmetricKey key) => new(null, key);

    /// <summary>Whether both are the same certificate or the same key.</summary>
    internal bool Matches(Attestation other) =>
        Key is null || other.Key is null ? Key == other.Key && Thumbprint == other.Thumbprint : Key.Matches(other.Key);

    /// <summary>Why a device's proof is not enough, for the log; null when it is.</summary>
    /// <param name="proof">What it shows.</param>
    /// <param name="resource">What a token has to be for.</param>
    /// <param name="keyName">The name that a token has to give its key, or null for none.</param>
    /// <param name="now">The time.</param>
    internal string? FindProblem(DeviceProof proof, string resource, string? keyName, DateTimeOffset now)
    {
        if (Key is null)
        {
            return proof.Thumbprint is { } thumbprint
                ? thumbprint == Thumbprint ? null : $"it shows certificate {thumbprint}, expected is {Thumbprint} (SHA-256)"
                : $"it shows a SAS token, expected is certificate {Thumbprint} (SHA-256)";
        }

        return proof.Token is { } token
            ? token.FindProblem(Key, resource, keyName, now)
            : $"it shows certificate {proof.Thumbprint} (SHA-256), expected is a SAS token of its symmetric key";
    }
}
