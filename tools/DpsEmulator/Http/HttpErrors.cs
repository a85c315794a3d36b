using DevKit.DpsEmulator.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DevKit.DpsEmulator.Http;

/// <summary>
/// What the endpoints do not answer themselves: requests that they cannot read, methods that they do not have, and failures.
/// </summary>
internal static class HttpErrors
{
    internal static async Task Invoke(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            string detail = error.InnerException is { } cause ? $"{error.Message} {cause.Message}" : error.Message;
            await Problems.WriteAsync(context, error.StatusCode, "Bad request", detail);
            return;
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            string what = $"{context.Request.Method} {context.Request.Path} failed: {error.GetType().Name}";
            context.RequestServices.GetRequiredService<EventLog>().Write($"{what}: {error.Message}");
            if (context.Response.HasStarted)
            {
                throw;
            }

            await Problems.WriteAsync(context, 500, "Internal error", $"{what}. The emulator's log says more.");
            return;
        }

        if (!context.Response.HasStarted && context.Response.ContentType is null)
        {
            await ExplainAsync(context);
        }
    }

    /// <summary>Says in words what routing has answered with a bare status.</summary>
    private static Task ExplainAsync(HttpContext context)
    {
        string path = context.Request.Path;
        return context.Response.StatusCode switch
        {
            404 => Problems.WriteAsync(context, 404, "Not found", $"There is nothing at {path}."),
            405 => Problems.WriteAsync(
                context, 405, "Method not allowed", $"{path} takes {context.Response.Headers.Allow}, not {context.Request.Method}."),
            415 => Problems.WriteAsync(
                context, 415, "Unsupported media type", $"{path} takes JSON (Content-Type: application/json)."),
            _ => Task.CompletedTask,
        };
    }
}
