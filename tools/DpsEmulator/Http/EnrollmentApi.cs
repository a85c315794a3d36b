using System.Text.Json;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>The enrollments over HTTP.</summary>
internal sealed class EnrollmentApi(DpsService dps, EnrollmentStore enrollments, EventLog log, TimeProvider clock)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/enrollments", () => Results.Ok(enrollments.List().Select(EnrollmentView.From).ToArray()));
        routes.MapGet("/api/enrollments/{id}", (string id) =>
            enrollments.FindStatus(id) is { } found ? Results.Ok(EnrollmentView.From(found)) : Problems.NotFound("enrollment", id));
        routes.MapGet("/api/enrollments/{id}/key", ShowKey);
        routes.MapPost("/api/enrollments", (Func<HttpRequest, Task<IResult>>)AddAsync);
        routes.MapPatch("/api/enrollments/{id}", Change);
        routes.MapDelete("/api/enrollments/{id}", Remove);
    }

    /// <summary>The body is the .pem file itself, or JSON.</summary>
    private async Task<IResult> AddAsync(HttpRequest http)
    {
        byte[] body = await RequestBody.ReadAsync(http);
        if (RequestBody.Text(body) is not { } text)
        {
            return Problems.Invalid("The body is no text: upload the certificate as PEM.");
        }

        try
        {
            EnrollmentRequest request = http.HasJsonContentType()
                ? JsonSerializer.Deserialize<EnrollmentRequest>(text, JsonSerializerOptions.Web) ?? new EnrollmentRequest()
                : new EnrollmentRequest { Certificate = text };
            return Add(request.Attestation switch
            {
                null or EnrollmentRequest.X509 => FromCertificate(request),
                EnrollmentRequest.SymmetricKey => FromKey(request),
                _ => throw new FormatException(
                    $"'attestation' is '{request.Attestation}': here are {EnrollmentRequest.X509} and {EnrollmentRequest.SymmetricKey}."),
            });
        }
        catch (JsonException error)
        {
            return Problems.Invalid($"The body is no JSON of an enrollment: {error.Message}");
        }
        catch (FormatException error)
        {
            return Problems.Invalid(error.Message);
        }
    }

    private Enrollment FromCertificate(EnrollmentRequest request)
    {
        if (request.PrimaryKey is not null)
        {
            throw new FormatException($"'primaryKey' needs 'attestation': '{EnrollmentRequest.SymmetricKey}'.");
        }

        string pem = request.Certificate ?? throw new FormatException("The JSON has no 'certificate' (PEM).");
        byte[] certificate = EnrollmentCertificate.Read(pem, clock.GetUtcNow(), out string registrationId);
        return request.RegistrationId is null || request.RegistrationId == registrationId
            ? CreateEnrollment(request, registrationId, certificate, Attestation.FromCertificate(certificate))
            : throw new FormatException(
                $"The registration ID '{request.RegistrationId}' is not the certificate's common name, '{registrationId}'.");
    }

    private Enrollment FromKey(EnrollmentRequest request)
    {
        if (request.Certificate is not null)
        {
            throw new FormatException("The JSON has a 'certificate' and asks for a symmetric key: an enrollment has one of the two.");
        }

        string registrationId = request.RegistrationId ?? throw new FormatException("The JSON has no 'registrationId'.");
        if (!RegistrationIds.IsValid(registrationId))
        {
            throw new FormatException($"'{registrationId}' is no registration ID: {RegistrationIds.Rule}.");
        }

        SymmetricKey key = request.PrimaryKey is null ? SymmetricKey.Generate() : SymmetricKey.Parse(request.PrimaryKey);
        return CreateEnrollment(request, registrationId, null, Attestation.FromKey(key));
    }

    private Enrollment CreateEnrollment(EnrollmentRequest request, string registrationId, byte[]? certificate, Attestation attestation) =>
        new(registrationId, request.DeviceId ?? registrationId, request.Enabled ?? true, certificate, attestation, clock.GetUtcNow());

    private IResult Add(Enrollment enrollment)
    {
        if (DeviceIds.FindProblem(enrollment.DeviceId) is { } problem)
        {
            return Problems.Invalid(problem);
        }

        string registrationId = enrollment.RegistrationId;
        if (enrollments.TryAdd(enrollment))
        {
            log.Write($"Enrolled {registrationId}");
            return Results.Created(
                $"/api/enrollments/{Uri.EscapeDataString(registrationId)}", EnrollmentView.From(enrollments.FindStatus(registrationId)!));
        }

        return enrollments.FindStatus(registrationId) is { } existing
            ? AddAgain(existing, enrollment.Attestation)
            : Problems.Create(409, "Conflict", $"Another enrollment has the device ID '{enrollment.DeviceId}'.");
    }

    /// <summary>The same certificate or key again changes nothing and is no error.</summary>
    private static IResult AddAgain(EnrollmentStatus existing, Attestation attestation)
    {
        (string registrationId, string proof) =
            (existing.Enrollment.RegistrationId, existing.Enrollment.Certificate is null ? "key" : "certificate");
        return existing.Enrollment.Attestation.Matches(attestation)
            ? Results.Ok(EnrollmentView.From(existing))
            : Problems.Create(
                409, "Conflict", $"{registrationId} is enrolled with another {proof}. Remove that enrollment, then add this one.");
    }

    private IResult ShowKey(string id)
    {
        if (enrollments.Find(id) is not { } enrollment)
        {
            return Problems.NotFound("enrollment", id);
        }

        if (enrollment.Attestation.Key?.ToBase64() is not { } key)
        {
            return Problems.Create(404, "Not found", $"{id} is enrolled with a certificate: it has no key.");
        }

        log.Write($"Showed the key of {id}");
        string connection = $"DPSEndpoint={DpsService.GlobalEndpoint};IdScope={dps.IdScope};DeviceId={id};SymmetricKey={key}";
        return Results.Ok(new EnrollmentKeyView(enrollment.RegistrationId, key, connection));
    }

    private IResult Change(string id, EnrollmentChange change)
    {
        if (change.Enabled is not { } enabled)
        {
            return Problems.Invalid("The JSON has no 'enabled' (true or false).");
        }

        if (!enrollments.SetEnabled(id, enabled))
        {
            return Problems.NotFound("enrollment", id);
        }

        log.Write($"{(enabled ? "Enabled" : "Disabled")} the enrollment {id}");
        return Results.Ok(EnrollmentView.From(enrollments.FindStatus(id)!));
    }

    private IResult Remove(string id)
    {
        if (!enrollments.Remove(id))
        {
            return Problems.NotFound("enrollment", id);
        }

        log.Write($"Removed the enrollment {id}");
        return Results.NoContent();
    }
}
