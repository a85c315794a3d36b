using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>The description of the services' REST, a file inside this assembly.</summary>
internal static class OpenApiDocument
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/openapi.json", () => Results.Stream(Open(), "application/json"));

    /// <summary>The document.</summary>
    internal static Stream Open() => typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")
        ?? throw new InvalidOperationException("The assembly has no resource openapi.json.");
}
