using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Service;

/// <summary>Answers of DPS's REST.</summary>
internal static class ServiceResults
{
    /// <summary>The media type that the SDKs look for.</summary>
    internal const string JsonType = "application/json; charset=utf-8";

    internal static IResult Json(JsonNode body, int status = StatusCodes.Status200OK) => new JsonResult(status, body, null);

    /// <summary>An error of DPS.</summary>
    /// <param name="code">Its number, whose first three digits are the HTTP status.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="clock">The time.</param>
    internal static IResult Error(int code, string message, TimeProvider clock) =>
        new JsonResult(code / 1000, DpsError.Write(code, message, clock.GetUtcNow()), code);

    private sealed class JsonResult(int status, JsonNode body, int? errorCode) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            byte[] bytes = JsonPayload.Write(body);
            context.Response.StatusCode = status;
            context.Response.ContentType = JsonType;
            context.Response.ContentLength = bytes.Length;
            if (errorCode is { } code)
            {
                context.Response.Headers["x-ms-error-code"] = code.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
