using System.Security.Cryptography;

namespace DevKit.DpsEmulator.Attestations;

/// <summary>What a device shows of itself: a SAS token as its password, or, without one, its certificate in the TLS handshake.</summary>
internal sealed record DeviceProof
{
    private DeviceProof()
    {
    }

    /// <summary>The certificates; null without one, or with a token.</summary>
    internal ClientCertificates? Certificates { get; private init; }

    /// <summary>SHA-256 of the certificate, hexadecimal in upper case; null without one.</summary>
    internal string? Thumbprint => Certificates is null ? null : Convert.ToHexString(SHA256.HashData(Certificates.Leaf));

    /// <summary>The token; null without one.</summary>
    internal SasToken? Token { get; private init; }

    /// <summary>Why there is neither of the two, for the log; null where there is one.</summary>
    internal string? Problem { get; private init; }

    /// <summary>Reads what came with a connection.</summary>
    /// <param name="password">The password of CONNECT, or null.</param>
    /// <param name="certificates">The certificates of the TLS handshake, or null.</param>
    internal static DeviceProof Read(ReadOnlyMemory<byte>? password, ClientCertificates? certificates)
    {
        if (password is not { Length: > 0 } token)
        {
            return certificates is null
                ? new DeviceProof { Problem = "it showed neither a client certificate nor a SAS token" }
                : new DeviceProof { Certificates = certificates };
        }

        try
        {
            return new DeviceProof { Token = SasToken.Parse(token.Span) };
        }
        catch (FormatException error)
        {
            return new DeviceProof { Problem = error.Message };
        }
    }
}
