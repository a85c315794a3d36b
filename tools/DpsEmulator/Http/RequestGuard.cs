using System.Net;
using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Http;

/// <summary>
/// Keeps other web sites out. A browser on this machine reaches the loopback address for any page that it shows, so a
/// request must name this server as a number or as localhost (a page that had its own name rebound to 127.0.0.1 names itself),
/// and one that changes something must not come from another origin. Programs that are no browsers send no Origin.
/// </summary>
internal static class RequestGuard
{
    internal static async Task Invoke(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (!IsOwnName(request.Host.Host))
        {
            await Problems.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, "Unknown host",
                $"This emulator is reached by its IP address or as localhost, not as '{request.Host.Host}'.");
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !IsSameOrigin(request))
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Another origin",
                "Only this emulator's own page, or a program that is no browser, may change something.");
            return;
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        context.Response.Headers.XFrameOptions = "DENY";
        context.Response.Headers.CacheControl = "no-store";
        await next(context);
    }

    private static bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _);

    private static bool IsSameOrigin(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (site is not null and not "same-origin" and not "none")
        {
            return false;
        }

        string? origin = request.Headers.Origin;
        return origin is null || origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }
}
