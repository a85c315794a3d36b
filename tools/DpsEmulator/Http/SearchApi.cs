using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>Looks for what DPS's REST can only list: by the beginning of an ID, and the registration records of all groups.</summary>
internal sealed class SearchApi(EnrollmentStore enrollments, RegistrationStore registrations)
{
    /// <summary>How many are found at most.</summary>
    private const int Limit = 50;

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/enrollments", (string prefix) => Find(EnrollmentKind.Individual, prefix));
        routes.MapGet("/api/enrollmentGroups", (string prefix) => Find(EnrollmentKind.Group, prefix));
        routes.MapGet("/api/registrations", (string prefix) => Search(
            prefix,
            registrations.Find,
            (after, limit) => registrations.List(null, after, limit),
            item => item.RegistrationId,
            Write));
        routes.MapGet("/api/registrations/{id}", (string id) => registrations.Find(id) is { } found
            ? ServiceResults.Json(Write(found))
            : Problems.NotFound("registration record", id));
        routes.MapPost("/api/registrations/query", Query);
    }

    private IResult Find(EnrollmentKind kind, string prefix) => Search(
        prefix,
        id => enrollments.Find(kind, id),
        (after, limit) => enrollments.List(kind, after, limit),
        item => item.Id,
        EnrollmentDocument.Write);

    /// <summary>IDs that begin with a text stand behind it, in one piece, when they are in order.</summary>
    private static IResult Search<T>(
        string prefix, Func<string, T?> find, Func<string, int, IReadOnlyList<T>> list, Func<T, string> id, Func<T, JsonNode> write)
        where T : class
    {
        IEnumerable<T> exact = find(prefix) is { } found ? [found] : [];
        IEnumerable<T> longer = list(prefix, Limit).TakeWhile(item => id(item).StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return ServiceResults.Json(new JsonArray([.. exact.Concat(longer).Take(Limit).Select(write)]));
    }

    private IResult Query(HttpRequest request)
    {
        try
        {
            var page = QueryPage.Read(request);
            return page.Write(
                request.HttpContext.Response,
                "deviceRegistration",
                registrations.List(null, page.After, page.Size + 1),
                item => item.RegistrationId,
                Write);
        }
        catch (FormatException error)
        {
            return Problems.Invalid(error.Message);
        }
    }

    /// <summary>A record as DPS's REST has it, and the group that it came by, which the REST leaves out.</summary>
    private static JsonObject Write(Registration registration)
    {
        JsonObject json = RegistrationDocument.Write(registration);
        if (registration.EnrollmentGroup is { } group)
        {
            json["enrollmentGroupId"] = group;
        }

        return json;
    }
}
