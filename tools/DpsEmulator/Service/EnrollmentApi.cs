using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>DPS's REST for enrollments: individual ones and groups have the same requests, under two addresses.</summary>
internal sealed class EnrollmentApi(
    EnrollmentStore enrollments, RegistrationStore registrations, HubNames hubs, EventLog log, TimeProvider clock)
{
    internal const int AlreadyExists = 409201;
    internal const int PreconditionFailed = 412201;

    private const int MaximumBulk = 10;

    internal void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/enrollments", EnrollmentKind.Individual);
        Map(routes, "/enrollmentGroups", EnrollmentKind.Group);
    }

    private void Map(IEndpointRouteBuilder routes, string path, EnrollmentKind kind)
    {
        routes.MapGet(path + "/{id}", (string id) => Get(kind, id));
        routes.MapPut(path + "/{id}", (string id, HttpRequest request) => PutAsync(kind, id, request));
        routes.MapDelete(path + "/{id}", (string id, HttpRequest request) => Delete(kind, id, request));
        routes.MapPost(path + "/{id}/attestationmechanism", (string id) => GetAttestation(kind, id));
        routes.MapPost(path + "/query", (HttpRequest request) => QueryAsync(kind, request));
        routes.MapPost(path, (HttpRequest request) => RunBulkAsync(kind, request));
    }

    private IResult Get(EnrollmentKind kind, string id) =>
        enrollments.Find(kind, id) is { } found ? ServiceResults.Json(Write(found)) : NotFound(kind, id);

    private async Task<IResult> PutAsync(EnrollmentKind kind, string id, HttpRequest request)
    {
        JsonObject json = await JsonBody.ReadObjectAsync(request);
        return Put(kind, id, json, ETags.ReadIfMatch(request), mustExist: null) is { Error: { } error }
            ? ServiceResults.Error(error.Code, error.Message, clock)
            : Get(kind, id);
    }

    private IResult Delete(EnrollmentKind kind, string id, HttpRequest request) => Remove(kind, id, ETags.ReadIfMatch(request)) is { } error
        ? ServiceResults.Error(error.Code, error.Message, clock)
        : Results.NoContent();

    private IResult GetAttestation(EnrollmentKind kind, string id)
    {
        if (enrollments.Find(kind, id) is not { } found)
        {
            return NotFound(kind, id);
        }

        log.Write($"Showed the attestation of {id}");
        return ServiceResults.Json(AttestationDocument.Write(found.Attestation, withKeys: true));
    }

    private async Task<IResult> QueryAsync(EnrollmentKind kind, HttpRequest request)
    {
        ServiceQuery.RequireEverything(
            await JsonBody.ReadObjectAsync(request), kind == EnrollmentKind.Individual ? "enrollments" : "enrollmentGroups");
        var page = QueryPage.Read(request);
        return page.Write(
            request.HttpContext.Response,
            kind == EnrollmentKind.Individual ? "enrollment" : "enrollmentGroup",
            enrollments.List(kind, page.After, page.Size + 1),
            item => item.Id,
            EnrollmentDocument.Write);
    }

    /// <summary>Several enrollments by one request: each is made, changed or removed, or named among the errors.</summary>
    private async Task<IResult> RunBulkAsync(EnrollmentKind kind, HttpRequest request)
    {
        JsonObject json = await JsonBody.ReadObjectAsync(request);
        string mode = json.GetText("mode")
            ?? throw new FormatException("The JSON has no 'mode': create, update, updateIfMatchETag or delete.");
        string field = kind == EnrollmentKind.Individual ? "enrollments" : "enrollmentGroups";
        JsonObject[] items = json[field] is JsonArray array && array.All(item => item is JsonObject)
            ? [.. array.Select(item => item!.AsObject())]
            : throw new FormatException($"The JSON has no '{field}', an array of enrollments.");
        if (items.Length is 0 or > MaximumBulk)
        {
            throw new FormatException($"'{field}' has {items.Length} enrollments: 1 to {MaximumBulk} are allowed.");
        }

        var errors = new JsonArray();
        foreach (JsonObject item in items)
        {
            string id = item.GetText(EnrollmentDocument.IdField(kind)) ?? "";
            if (RunOne(kind, mode, id, item) is { } error)
            {
                errors.Add((JsonNode)new JsonObject
                {
                    [EnrollmentDocument.IdField(kind)] = id,
                    ["errorCode"] = error.Code,
                    ["errorStatus"] = error.Message,
                });
            }
        }

        return ServiceResults.Json(new JsonObject { ["isSuccessful"] = errors.Count == 0, ["errors"] = errors });
    }

    private ServiceProblem? RunOne(EnrollmentKind kind, string mode, string id, JsonObject item)
    {
        try
        {
            string? etag = item.GetText("etag") is { } text ? ETags.Unquote(text) : null;
            return mode.ToUpperInvariant() switch
            {
                "CREATE" => Put(kind, id, item, null, mustExist: false).Error,
                "UPDATE" => Put(kind, id, item, "*", mustExist: true).Error,
                "UPDATEIFMATCHETAG" => Put(kind, id, item, etag ?? "", mustExist: true).Error,
                "DELETE" => Remove(kind, id, etag),
                _ => throw new FormatException($"'mode' is '{mode}': here are create, update, updateIfMatchETag and delete."),
            };
        }
        catch (FormatException error)
        {
            return new ServiceProblem(ServiceProblem.BadRequest, error.Message);
        }
    }

    /// <summary>Makes an enrollment where no entity tag is given, and changes one where one is.</summary>
    private (Enrollment? Enrollment, ServiceProblem? Error) Put(
        EnrollmentKind kind, string id, JsonObject json, string? ifMatch, bool? mustExist)
    {
        Enrollment? present = enrollments.Find(kind, id);
        (Attestation attestation, EnrollmentSettings settings) =
            EnrollmentDocument.Read(kind, id, json, present, hubs.All, clock.GetUtcNow());
        if (present is null)
        {
            return mustExist == true || ifMatch is not null
                ? (null, Missing(kind, id))
                : enrollments.TryAdd(kind, id, attestation, settings) is { } made ? Done(made, "Enrolled") : (null, Exists(id));
        }

        if (ifMatch is null)
        {
            return (null, Exists(present.Id));
        }

        return ETags.Matches(ifMatch, present.ETag) && enrollments.TryUpdate(present, attestation, settings) is { } changed
            ? Done(changed, "Changed the enrollment")
            : (null, Changed(id));
    }

    private (Enrollment? Enrollment, ServiceProblem? Error) Done(Enrollment enrollment, string what)
    {
        log.Write($"{what} {enrollment.Id}{(enrollment.Kind == EnrollmentKind.Group ? " (group)" : "")}"
            + (enrollment.Settings.Enabled ? "" : ", disabled"));
        return (enrollment, null);
    }

    private ServiceProblem? Remove(EnrollmentKind kind, string id, string? ifMatch)
    {
        if (enrollments.Find(kind, id) is not { } present)
        {
            return Missing(kind, id);
        }

        if ((ifMatch is not null && !ETags.Matches(ifMatch, present.ETag)) || !enrollments.TryRemove(present))
        {
            return Changed(id);
        }

        log.Write($"Removed the enrollment {present.Id}");
        return null;
    }

    /// <summary>An individual enrollment with its device's registration.</summary>
    private JsonObject Write(Enrollment enrollment)
    {
        JsonObject json = EnrollmentDocument.Write(enrollment);
        if (enrollment.Kind == EnrollmentKind.Individual && registrations.Find(enrollment.Id) is { EnrollmentGroup: null } registration)
        {
            json["registrationState"] = RegistrationDocument.Write(registration);
        }

        return json;
    }

    private IResult NotFound(EnrollmentKind kind, string id)
    {
        ServiceProblem missing = Missing(kind, id);
        return ServiceResults.Error(missing.Code, missing.Message, clock);
    }

    private static ServiceProblem Missing(EnrollmentKind kind, string id) => kind == EnrollmentKind.Individual
        ? new ServiceProblem(404201, $"Enrollment not found: there is none of the registration ID '{id}'.")
        : new ServiceProblem(404202, $"Enrollment group not found: there is no group '{id}'.");

    private static ServiceProblem Exists(string id) => new(
        AlreadyExists, $"Enrollment already exists: '{id}' is there. Give its etag as If-Match to change it, or remove it first.");

    private static ServiceProblem Changed(string id) => new(
        PreconditionFailed, $"Precondition failed: '{id}' has another etag by now. Read it again, then change it.");
}
