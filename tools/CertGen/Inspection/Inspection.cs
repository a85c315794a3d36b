using System.Security.Cryptography.X509Certificates;

namespace DevKit.CertGen.Inspection;

/// <summary>What a file is; one of these, the others null.</summary>
internal sealed record Inspection
{
    public IReadOnlyList<InspectedCertificate>? Certificates { get; init; }

    /// <summary>Of a chain: whether each certificate but the last was signed by the next; null for a single one.</summary>
    public bool? IsChain { get; init; }

    public InspectedRequest? Request { get; init; }

    public InspectedImage? Image { get; init; }

    public InspectedManifest? Manifest { get; init; }

    /// <summary>Describes certificates, the device's first.</summary>
    public static Inspection Of(X509Certificate2Collection certificates) => new()
    {
        Certificates = [.. certificates.Select(InspectedCertificate.Read)],
        IsChain = certificates.Count == 1 ? null : CertificateOrder.FindBreak(certificates) == null,
    };

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        foreach (InspectedCertificate certificate in Certificates ?? [])
        {
            certificate.Describe(output);
        }

        if (IsChain is { } isChain)
        {
            output.WriteLine(isChain ? "Chain: each was signed by the next" : "Chain: none, for not each was signed by the next");
        }

        Request?.Describe(output);
        Image?.Describe(output);
        Manifest?.Describe(output);
    }
}
