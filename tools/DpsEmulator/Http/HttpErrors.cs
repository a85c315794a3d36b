using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Http;

/// <summary>What the endpoints do not answer themselves: requests that they cannot read, and methods that they do not have.</summary>
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
            await Problems.Write(context, error.StatusCode, "Bad request", detail);
            return;
        }

        HttpRequest request = context.Request;
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
