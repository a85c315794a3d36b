using System.Buffers;
using System.Text.Json;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>The enrollments over HTTP.</summary>
internal sealed class EnrollmentApi(EnrollmentStore enrollments, DeviceStore devices, EventLog log, TimeProvider clock)
{
    private static readonly SearchValues<char> DeviceIdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:");

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/enrollments", () => Results.Ok(enrollments.All().Select(View).ToArray()));
        routes.MapGet("/api/enrollments/{id}", (string id) =>
            enrollments.Find(id) is { } found ? Results.Ok(View(found)) : Problems.NotFound("enrollment", id));
        routes.MapPost("/api/enrollments", (Func<HttpRequest, Task<IResult>>)AddAsync);
        routes.MapPatch("/api/enrollments/{id}", Change);
        routes.MapDelete("/api/enrollments/{id}", Remove);
    }

    private EnrollmentView View(Enrollment enrollment) => EnrollmentView.Of(enrollment, devices.FindByRegistration(enrollment.RegistrationId));

    /// <summary>The body is the .pem file itself, or JSON that holds it.</summary>
    private async Task<IResult> AddAsync(HttpRequest request)
    {
        byte[] body = await RequestBody.ReadAsync(request);
        if (RequestBody.Text(body) is not { } text)
        {
            return Problems.Invalid("The body is no text: upload the certificate as PEM.");
        }

        try
        {
            EnrollmentRequest wanted = request.HasJsonContentType()
                ? JsonSerializer.Deserialize<EnrollmentRequest>(text, JsonSerializerOptions.Web) ?? new(null, null, null, null)
                : new EnrollmentRequest(text, null, null, null);
            return wanted.Certificate is null ? Problems.Invalid("The JSON has no 'certificate' (PEM).") : Add(wanted, wanted.Certificate);
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

    private IResult Add(EnrollmentRequest wanted, string pem)
    {
        byte[] certificate = EnrollmentCertificate.Read(pem, clock.GetUtcNow(), out string registrationId);
        if (wanted.RegistrationId is not null && wanted.RegistrationId != registrationId)
        {
            return Problems.Invalid($"The registration ID '{wanted.RegistrationId}' is not the certificate's common name, '{registrationId}'.");
        }

        var enrollment = new Enrollment(
            registrationId, wanted.DeviceId ?? registrationId, wanted.Enabled ?? true, certificate, clock.GetUtcNow());
        if (enrollment.DeviceId.Length is 0 or > 128 || enrollment.DeviceId.AsSpan().IndexOfAnyExcept(DeviceIdCharacters) >= 0)
        {
            return Problems.Invalid($"The device ID '{enrollment.DeviceId}' has not 1 to 128 letters, digits and - . _ :");
        }

        if (enrollments.TryAdd(enrollment))
        {
            log.Write($"Enrolled {registrationId}");
            return Results.Created($"/api/enrollments/{Uri.EscapeDataString(registrationId)}", View(enrollment));
        }

        return enrollments.Find(registrationId) is { } existing
            ? Same(existing, certificate)
            : Problems.Of(409, "Conflict", $"Another enrollment has the device ID '{enrollment.DeviceId}'.");
    }

    /// <summary>The same file again changes nothing and is no error.</summary>
    private IResult Same(Enrollment existing, byte[] certificate) => certificate.AsSpan().SequenceEqual(existing.Certificate)
        ? Results.Ok(View(existing))
        : Problems.Of(
            409,
            "Conflict",
            $"{existing.RegistrationId} is enrolled with another certificate. Remove that enrollment, then upload this one.");

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
        return Results.Ok(View(enrollments.Find(id)!));
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
