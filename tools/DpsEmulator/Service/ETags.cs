using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Service;

/// <summary>
/// Preconditions (RFC 9110, 13.1.1) as the service SDKs send them: in quotes or without, and <c>*</c> for whatever there is.
/// </summary>
internal static class ETags
{
    /// <summary>What stands for whatever there is.</summary>
    internal const string Any = "*";

    /// <summary>An entity tag as a header has it.</summary>
    internal static string Quote(string etag) => $"\"{etag}\"";

    /// <summary>The entity tag that is to be changed: without quotes; <c>*</c> for any; null for none.</summary>
    internal static string? ReadIfMatch(HttpRequest request)
    {
        string? header = request.Headers.IfMatch;
        return string.IsNullOrEmpty(header) ? null : Unquote(header);
    }

    internal static bool Matches(string ifMatch, string etag) => ifMatch == Any || ifMatch == etag;

    internal static string Unquote(string etag)
    {
        string text = etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag;
        return text.Trim('"');
    }
}
