using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>
/// GET /api/enrollmentGroups/{id}/keys/{registrationId}: the keys that a device of a group has, derived from the group's.
/// </summary>
internal sealed class DerivedKeyApi(EnrollmentStore enrollments, EventLog log)
{
    internal void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/enrollmentGroups/{id}/keys/{registrationId}", Derive);

    private IResult Derive(string id, string registrationId)
    {
        if (enrollments.Find(EnrollmentKind.Group, id) is not { } group)
        {
            return Problems.NotFound("enrollment group", id);
        }

        if (group.Attestation.Type != AttestationType.SymmetricKey)
        {
            return Problems.Invalid($"The group '{group.Id}' has no keys: its devices prove themselves with certificates.");
        }

        if (!RegistrationIds.IsValid(registrationId))
        {
            return Problems.Invalid($"'{registrationId}' is no registration ID: {RegistrationIds.Rule}.");
        }

        log.Write($"Showed the keys that {registrationId} has from the group {group.Id}");
        string[] keys = [.. group.Attestation.GetKeys(registrationId, derived: true).Select(key => key.ToBase64())];
        return Results.Ok(new DerivedKeysView(registrationId, keys[0], keys.ElementAtOrDefault(1)));
    }
}

/// <summary>The keys of a device of a group.</summary>
internal sealed record DerivedKeysView(string RegistrationId, string PrimaryKey, string? SecondaryKey);
