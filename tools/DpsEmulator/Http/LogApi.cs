using DevKit.DpsEmulator.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>GET /api/log: the latest lines of the log.</summary>
internal static class LogApi
{
    internal static void Map(IEndpointRouteBuilder routes, EventLog log) =>
        routes.MapGet("/api/log", (long after = 0) => Results.Ok(log.After(after)));
}
