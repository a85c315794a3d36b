using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Platform;

namespace DevKit.CertGen.Inspection;

/// <summary>What a certificate request (PKCS#10) asks for. Its signature, the proof that who asks has the key, was verified.</summary>
internal sealed record InspectedRequest
{
    public required string? CommonName { get; init; }

    public required string Subject { get; init; }

    /// <summary>The key's kind, such as <c>ECDSA P-256</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The key identifier as this firmware computes it (RFC 7093, 2 (1)), 40 hex characters.</summary>
    public required string KeyId { get; init; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="CryptographicException">It is none, or its signature is not its key's.</exception>
    public static InspectedRequest Read(byte[] der)
    {
        CertificateRequest request = CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256);
        return new InspectedRequest
        {
            CommonName = CertificateName.ReadCommonName(request.SubjectName),
            Subject = request.SubjectName.Name,
            Key = KeyDescription.Of(request.PublicKey),
            KeyId = KeyDescription.KeyIdOf(request.PublicKey),
        };
    }

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine("Certificate request, signed by its own key");
        output.WriteLine($"  Subject: {Subject}");
        output.WriteLine($"  Key: {Key}, id {KeyId}");
    }
}
