using DevKit.DpsEmulator.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DevKit.DpsEmulator.Http;

/// <summary>What the endpoints do not answer themselves: requests that they cannot read, methods that they do not have, and failures.</summary>
internal static class HttpErrors
{
    internal static async Task Invoke(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            string detail = error.InnerException is { } cause ? $"{error.Message} {cause.Message}" : error.Message;
            await Problems.Write(context, error.StatusCode, "Bad request", detail);
            return;
        }

        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            string what = $"{request.Method} {request.Path} failed: {error.GetType().Name}";
            context.RequestServices.GetRequiredService<EventLog>().Write($"{what}: {error.Message}");
            if (context.Response.HasStarted)
            {
                throw;
            }

            await Problems.Write(context, StatusCodes.Status500InternalServerError, "Internal error", $"{what}. The emulator's log says more.");
            return;
        }

        if (!context.Response.HasStarted && context.Response.ContentType is null)
        {
            switch (context.Response.StatusCode)
            {
                case StatusCodes.Status404NotFound:
                    await Problems.Write(context, StatusCodes.Status404NotFound, "Not found", $"There is nothing at {request.Path}.");
                    break;
                case StatusCodes.Status405MethodNotAllowed:
                    await Problems.Write(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed",
                        $"{request.Path} takes {context.Response.Headers.Allow}, not {request.Method}.");
                    break;
                case StatusCodes.Status415UnsupportedMediaType:
                    await Problems.Write(context, StatusCodes.Status415UnsupportedMediaType, "Unsupported media type",
                        $"{request.Path} takes JSON (Content-Type: application/json).");
                    break;
                default:
                    break;
            }
        }
    }
}
