using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Service;

/// <summary>A request's body, which the server's limit keeps small.</summary>
internal static class RequestBody
{
    internal static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }
}
