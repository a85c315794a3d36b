using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Service;
using DevKit.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>Certificates as files: what one says, and, in one step, the individual enrollment of its device.</summary>
internal sealed class CertificateApi(EnrollmentStore enrollments, EventLog log, TimeProvider clock)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/certificates", (Func<HttpRequest, Task<IResult>>)DescribeAsync);
        routes.MapPost("/api/enrollments", (Func<HttpRequest, Task<IResult>>)EnrollAsync);
    }

    /// <summary>The body is a file; the answer is what the service's REST takes as a certificate, and what it says in words.</summary>
    private async Task<IResult> DescribeAsync(HttpRequest request)
    {
        try
        {
            byte[] der = UploadedCertificate.Read(await RequestBody.ReadAsync(request));
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
            bool isAuthority = EnrollmentCertificate.FindAuthorityProblem(certificate, clock.GetUtcNow()) is null;
            return Results.Ok(new CertificateView(
                Convert.ToBase64String(der),
                CertificateName.ReadCommonName(certificate),
                isAuthority,
                isAuthority ? null : EnrollmentCertificate.FindProblem(certificate, null, clock.GetUtcNow()),
                UploadedCertificate.FindWarning(certificate),
                AttestationDocument.WriteInfo(certificate)));
        }
        catch (FormatException error)
        {
            return Problems.Invalid(error.Message);
        }
    }

    /// <summary>The body is a device's certificate as a file: 201, or 200 when it is enrolled already.</summary>
    private async Task<IResult> EnrollAsync(HttpRequest request)
    {
        try
        {
            byte[] der = UploadedCertificate.Read(await RequestBody.ReadAsync(request));
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
            return EnrollmentCertificate.FindProblem(certificate, null, clock.GetUtcNow()) is { } problem
                ? Problems.Invalid(problem)
                : Enroll(CertificateName.ReadCommonName(certificate)!, der, UploadedCertificate.FindWarning(certificate));
        }
        catch (FormatException error)
        {
            return Problems.Invalid(error.Message);
        }
    }

    private IResult Enroll(string id, byte[] der, string? warning)
    {
        var attestation = new Attestation(AttestationType.ClientCertificates, der, null);
        if (enrollments.TryAdd(EnrollmentKind.Individual, id, attestation, new EnrollmentSettings()) is { } made)
        {
            log.Write($"Enrolled {id}");
            return Results.Created($"/dps/enrollments/{Uri.EscapeDataString(id)}", new EnrolledView(made.Id, warning));
        }

        Attestation? present = enrollments.Find(EnrollmentKind.Individual, id)?.Attestation;
        return present?.Type == AttestationType.ClientCertificates && present.Both.Any(known => known.AsSpan().SequenceEqual(der))
            ? Results.Ok(new EnrolledView(id, warning))
            : Problems.Create(
                409, "Conflict", $"{id} is enrolled with another proof. Remove that enrollment, then add this one.");
    }
}

/// <summary>A certificate that was uploaded.</summary>
/// <param name="Certificate">The certificate, base64 of its DER.</param>
/// <param name="CommonName">Its subject's common name; null for none, or several.</param>
/// <param name="IsAuthority">Whether it is a CA's, and so for a group.</param>
/// <param name="Problem">Why it is not a device's that could be enrolled; null when it is, or a CA's.</param>
/// <param name="Warning">What is to be known before it is enrolled; null for nothing.</param>
/// <param name="Info">What it says, as the service's REST has it.</param>
internal sealed record CertificateView(
    string Certificate, string? CommonName, bool IsAuthority, string? Problem, string? Warning, JsonObject Info);

/// <summary>A device that was enrolled by its certificate.</summary>
/// <param name="RegistrationId">Its registration ID.</param>
/// <param name="Warning">What is to be known of its certificate; null for nothing.</param>
internal sealed record EnrolledView(string RegistrationId, string? Warning);
