using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>The page: three files inside this assembly, and nothing from anywhere else.</summary>
internal static class PageFiles
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        Serve(routes, "/", "index.html", "text/html; charset=utf-8");
        Serve(routes, "/app.js", "app.js", "text/javascript; charset=utf-8");
        Serve(routes, "/app.css", "app.css", "text/css; charset=utf-8");
    }

    private static void Serve(IEndpointRouteBuilder routes, string path, string file, string contentType)
    {
        byte[] bytes = Load(file);
        routes.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = Policy;
            return Results.Bytes(bytes, contentType);
        });
    }

    private static byte[] Load(string file)
    {
        using Stream stream = typeof(PageFiles).Assembly.GetManifestResourceStream("Page/" + file)
            ?? throw new InvalidOperationException($"The assembly has no resource Page/{file}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
