using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>DPS's REST for registration records.</summary>
internal sealed class RegistrationApi(RegistrationStore registrations, EnrollmentStore enrollments, EventLog log, TimeProvider clock)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/registrations/{id}", (string id) =>
            registrations.Find(id) is { } found ? ServiceResults.Json(RegistrationDocument.Write(found)) : NotFound(id));
        routes.MapDelete("/registrations/{id}", Delete);
        routes.MapPost("/registrations/{group}/query", QueryAsync);
    }

    private IResult Delete(string id, HttpRequest request)
    {
        if (registrations.Find(id) is not { } found)
        {
            return NotFound(id);
        }

        if ((ETags.ReadIfMatch(request) is { } ifMatch && !ETags.Matches(ifMatch, found.ETag)) || !registrations.TryRemove(found))
        {
            return ServiceResults.Error(
                EnrollmentApi.PreconditionFailed, $"Precondition failed: '{id}' has registered again. Read it again, then remove it.",
                clock);
        }

        log.Write($"Removed the registration {found.RegistrationId}");
        return Results.NoContent();
    }

    private async Task<IResult> QueryAsync(string group, HttpRequest request)
    {
        if (request.ContentLength is not (null or 0))
        {
            ServiceQuery.RequireEverything(await JsonBody.ReadObjectAsync(request), "registrations");
        }

        if (enrollments.Find(EnrollmentKind.Group, group) is null)
        {
            return ServiceResults.Error(404202, $"Enrollment group not found: there is no group '{group}'.", clock);
        }

        var page = QueryPage.Read(request);
        return page.Write(
            request.HttpContext.Response,
            "deviceRegistration",
            registrations.List(group, page.After, page.Size + 1),
            item => item.RegistrationId,
            RegistrationDocument.Write);
    }

    private IResult NotFound(string id) =>
        ServiceResults.Error(404204, $"Registration not found: '{id}' has not registered.", clock);
}
