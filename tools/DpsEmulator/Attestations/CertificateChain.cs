using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Events;

using DevKit.Platform;

namespace DevKit.DpsEmulator.Attestations;

/// <summary>The certificates that a client sent, as far as they lead to a CA that somebody named.</summary>
internal static class CertificateChain
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>A chain's end is a CA that was named, not one of this machine's: these two are no faults.</summary>
    private const X509ChainStatusFlags Unrooted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>
    /// Why the certificates do not prove that one of the CAs vouches for a name; null when they do. The CA may be a root or an
    /// intermediate one: the chain is verified up to the one that was named (RFC 5280, 6.1, that one being the trust anchor).
    /// </summary>
    /// <param name="sent">What the client sent.</param>
    /// <param name="name">What the leaf's one common name has to be.</param>
    /// <param name="comparison">How names are compared: registration IDs in any case, device IDs exactly.</param>
    /// <param name="authorities">The CAs' certificates, DER.</param>
    /// <param name="now">The time.</param>
    internal static string? FindProblem(
        ClientCertificates sent, string name, StringComparison comparison, IEnumerable<byte[]> authorities, DateTimeOffset now)
    {
        try
        {
            using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(sent.Leaf);
            string? common = CertificateName.ReadCommonName(leaf);
            if (!name.Equals(common, comparison))
            {
                return $"its certificate's name is '{LogText.Clean(common ?? leaf.Subject)}', expected is the one common name '{name}'";
            }

            string? problem = "no CA is named that could vouch for its certificate";
            foreach (byte[] authority in authorities)
            {
                problem = FindProblem(leaf, sent.Others, authority, now);
                if (problem is null)
                {
                    break;
                }
            }

            return problem;
        }
        catch (CryptographicException error)
        {
            return $"its certificates cannot be read: {error.Message}";
        }
    }

    private static string? FindProblem(X509Certificate2 leaf, IReadOnlyList<byte[]> others, byte[] authorityBytes, DateTimeOffset now)
    {
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificate(authorityBytes);
        if (CertificateValidity.FindProblem(authority, now) is { } problem)
        {
            return $"the CA '{LogText.Clean(authority.Subject)}' cannot vouch for it: {problem}";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        List<X509Certificate2> intermediates = [];
        try
        {
            foreach (byte[] other in others)
            {
                X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(other);
                intermediates.Add(certificate);

                // One that calls itself as the named CA does must not stand in its place.
                if (!certificate.SubjectName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData))
                {
                    chain.ChainPolicy.ExtraStore.Add(certificate);
                }
            }

            chain.Build(leaf);
            return FindProblem(chain, authorityBytes);
        }
        finally
        {
            foreach (X509Certificate2 used in chain.ChainElements.Select(element => element.Certificate).Concat(intermediates))
            {
                used.Dispose();
            }
        }
    }

    private static string? FindProblem(X509Chain chain, byte[] authority)
    {
        for (int i = 0; i < chain.ChainElements.Count; i++)
        {
            X509ChainElement element = chain.ChainElements[i];
            if (element.ChainElementStatus.FirstOrDefault(status => (status.Status & ~Unrooted) != 0) is { Status: not 0 } fault)
            {
                return $"its certificate '{LogText.Clean(element.Certificate.Subject)}' is not valid: {fault.Status}";
            }

            if (i > 0 && element.Certificate.RawDataMemory.Span.SequenceEqual(authority))
            {
                return null;
            }
        }

        string last = chain.ChainElements.Count == 0 ? "" : chain.ChainElements[^1].Certificate.Issuer;
        return $"its certificate leads to '{LogText.Clean(last)}', which is no CA that was named; "
            + "the CAs between belong into the handshake";
    }
}
