using System.Security.Cryptography;

namespace DevKit.DpsEmulator.Attestations;

/// <summary>How a device of a hub proves itself, in the words of the hub's REST.</summary>
internal enum AuthenticationType
{
    /// <summary><c>sas</c>: a token signed with one of two keys.</summary>
    Sas,

    /// <summary><c>selfSigned</c>: a certificate of one of two thumbprints, whoever issued it.</summary>
    SelfSigned,

    /// <summary><c>certificateAuthority</c>: a certificate that the named CA issued, for the device's ID as its common name.</summary>
    CertificateAuthority,
}

/// <summary>What a device has to prove itself with at a hub; of two secrets either one will do, so that one can be rolled.</summary>
/// <param name="Type">The kind of proof.</param>
/// <param name="Primary">The primary key; the thumbprint, 20 bytes of SHA-1 or 32 of SHA-256; or the CA's certificate, DER.</param>
/// <param name="Secondary">A second key or thumbprint; null with a CA, or where there is none.</param>
internal sealed record DeviceAuthentication(AuthenticationType Type, byte[]? Primary, byte[]? Secondary)
{
    internal static DeviceAuthentication FromKeys(SymmetricKey primary, SymmetricKey? secondary = null) =>
        new(AuthenticationType.Sas, primary.Bytes, (secondary ?? SymmetricKey.Generate()).Bytes);

    /// <summary>By thumbprints: of each, 20 bytes of SHA-1 as the SDKs give them, or 32 of SHA-256 as DPS does.</summary>
    internal static DeviceAuthentication FromThumbprints(byte[]? primary, byte[]? secondary = null) =>
        new(AuthenticationType.SelfSigned, primary, secondary);

    /// <summary>By the one certificate that a device showed to DPS.</summary>
    internal static DeviceAuthentication FromCertificate(ReadOnlySpan<byte> der) => FromThumbprints(SHA256.HashData(der));

    internal static DeviceAuthentication FromAuthority(byte[] caCertificate) =>
        new(AuthenticationType.CertificateAuthority, caCertificate, null);

    /// <summary>Why a device's proof is not enough, for the log; null when it is.</summary>
    /// <param name="proof">What it shows.</param>
    /// <param name="resource">What a token has to be for.</param>
    /// <param name="deviceId">Whom a certificate of a CA has to name.</param>
    /// <param name="now">The time.</param>
    internal string? FindProblem(DeviceProof proof, string resource, string deviceId, DateTimeOffset now) => Type switch
    {
        AuthenticationType.Sas when proof.Token is { } token => token.FindProblem(Keys(), resource, null, now),
        AuthenticationType.Sas => $"it shows certificate {proof.Thumbprint} (SHA-256), expected is a SAS token of one of its keys",
        _ when proof.Certificates is null => "it shows a SAS token, expected is a certificate",
        AuthenticationType.SelfSigned => FindThumbprintProblem(proof.Certificates.Leaf),
        _ => CertificateChain.FindProblem(proof.Certificates, deviceId, StringComparison.Ordinal, [Primary!], now),
    };

    private SymmetricKey[] Keys() => [.. new[] { Primary, Secondary }.OfType<byte[]>().Select(key => new SymmetricKey(key))];

    private string? FindThumbprintProblem(byte[] leaf) => Matches(Primary, leaf) || Matches(Secondary, leaf)
        ? null
        : $"it shows certificate {Convert.ToHexString(SHA256.HashData(leaf))} (SHA-256), which is none of those that it is known by";

#pragma warning disable CA5350 // A hub names certificates by SHA-1 too; it tells them apart here, and proves nothing.
    private static bool Matches(byte[]? thumbprint, byte[] certificate) => thumbprint switch
    {
        { Length: SHA256.HashSizeInBytes } => thumbprint.AsSpan().SequenceEqual(SHA256.HashData(certificate)),
        { Length: SHA1.HashSizeInBytes } => thumbprint.AsSpan().SequenceEqual(SHA1.HashData(certificate)),
        _ => false,
    };
#pragma warning restore CA5350
}
