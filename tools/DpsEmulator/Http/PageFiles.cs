using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>The page: the files of the folder Page, inside this assembly, and nothing from anywhere else.</summary>
internal static class PageFiles
{
    private const string Prefix = "Page/";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The files' names.</summary>
    internal static IEnumerable<string> Names => typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..]);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        foreach (string name in Names)
        {
            Serve(routes, name == "index.html" ? "/" : "/" + name, name);
        }
    }

    private static void Serve(IEndpointRouteBuilder routes, string path, string name)
    {
        byte[] bytes = Load(name);
        string contentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => throw new InvalidOperationException($"The page's file {name} has a type that is not known here."),
        };
        routes.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = Policy;
            return Results.Bytes(bytes, contentType);
        });
    }

    private static byte[] Load(string name)
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        using Stream stream = assembly.GetManifestResourceStream(Prefix + name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
