using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Http;

/// <summary>Errors as <c>application/problem+json</c> (RFC 9457), with a detail that a person can act on.</summary>
internal static class Problems
{
    internal static IResult Create(int status, string title, string detail) =>
        Results.Problem(detail, statusCode: status, title: title);

    internal static IResult NotFound(string kind, string id) =>
        Create(StatusCodes.Status404NotFound, "Not found", $"There is no {kind} '{id}'.");

    internal static IResult Invalid(string detail) => Create(StatusCodes.Status400BadRequest, "Invalid", detail);

    internal static Task WriteAsync(HttpContext context, int status, string title, string detail) =>
        Create(status, title, detail).ExecuteAsync(context);
}
