using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Enrollments;

namespace DevKit.DpsEmulator.Dps;

/// <summary>Which enrollment a device comes by, or why by none.</summary>
/// <param name="Enrollment">The enrollment; null for none.</param>
/// <param name="ErrorCode">DPS's error code, 0 for none.</param>
/// <param name="Message">What the device is told.</param>
/// <param name="Reason">What the log says.</param>
internal sealed record EnrollmentMatch(Enrollment? Enrollment, int ErrorCode = 0, string Message = "", string Reason = "")
{
    private const int EnrollmentNotFound = 404201;
    private const int Unauthorized = 401002;

    /// <summary>
    /// Finds the enrollment of a device: its individual one if there is one, whatever its proof; else the group that it proves to
    /// belong to. Of several CAs, the one nearest to the device counts.
    /// </summary>
    internal static EnrollmentMatch Find(EnrollmentStore enrollments, DpsUserName name, DeviceProof proof, DateTimeOffset now)
    {
        if (enrollments.Find(EnrollmentKind.Individual, name.RegistrationId) is { } own)
        {
            return own.Attestation.FindProblem(proof, name.RegistrationId, name.Resource, derived: false, now) is { } problem
                ? Refuse(proof, problem)
                : new EnrollmentMatch(own);
        }

        string? reason = null;
        foreach (Enrollment group in FindGroups(enrollments, proof))
        {
            reason = group.Attestation.FindProblem(proof, name.RegistrationId, name.Resource, derived: true, now);
            if (reason is null)
            {
                return new EnrollmentMatch(group);
            }

            reason = $"{reason} (group {group.Id})";
        }

        return reason is not null
            ? Refuse(proof, reason)
            : new EnrollmentMatch(
                null,
                EnrollmentNotFound,
                "Enrollment not found.",
                "no such enrollment, nor a group that it could belong to: add one, by its certificate, by a key or by a CA");
    }

    private static EnrollmentMatch Refuse(DeviceProof proof, string reason) =>
        new(null, Unauthorized, proof.Token is null ? "Invalid certificate." : "Unauthorized", reason);

    private static IEnumerable<Enrollment> FindGroups(EnrollmentStore enrollments, DeviceProof proof) => proof.Certificates is null
        ? enrollments.FindGroups(AttestationType.SymmetricKey)
        : Order(enrollments.FindGroups(AttestationType.SigningCertificates), proof.Certificates);

    /// <summary>The groups whose CA is named as an issuer in what was sent, the nearest to the device first.</summary>
    private static IEnumerable<Enrollment> Order(IReadOnlyList<Enrollment> groups, ClientCertificates sent)
    {
        if (groups.Count == 0)
        {
            return groups;
        }

        List<string> issuers = ReadIssuers(sent);
        return groups
            .Select(group => (Group: group, Depth: FindDepth(group, issuers)))
            .Where(found => found.Depth < int.MaxValue)
            .OrderBy(found => found.Depth)
            .Select(found => found.Group);
    }

    private static int FindDepth(Enrollment group, List<string> issuers) =>
        group.Attestation.Both.Select(authority => issuers.IndexOf(ReadSubject(authority))).Where(depth => depth >= 0)
            .DefaultIfEmpty(int.MaxValue).Min();

    private static List<string> ReadIssuers(ClientCertificates sent)
    {
        var named = new List<string>();
        try
        {
            using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(sent.Leaf);
            var issuerOf = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (byte[] other in sent.Others)
            {
                using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(other);
                issuerOf.TryAdd(Name(certificate.SubjectName), Name(certificate.IssuerName));
            }

            string? next = Name(leaf.IssuerName);
            while (next is not null && !named.Contains(next))
            {
                named.Add(next);
                next = issuerOf.GetValueOrDefault(next);
            }
        }
        catch (CryptographicException)
        {
            // What cannot be read names nobody.
        }

        return named;
    }

    private static string ReadSubject(byte[] der)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
        return Name(certificate.SubjectName);
    }

    private static string Name(X500DistinguishedName name) => Convert.ToHexString(name.RawData);
}
