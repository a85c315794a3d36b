using System.Net;
using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>What the REST API answers.</summary>
internal static class HttpAssert
{
    /// <summary>An error with a reason in words; returns the whole body. Disposes of the response.</summary>
    internal static async Task<string> RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string reason)
    {
        using (response)
        {
            string body = await response.Content.ReadAsStringAsync();
            Assert.AreEqual(status, response.StatusCode, body);
            Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType, body);
            StringAssert.Contains((string?)JsonNode.Parse(body)!["detail"] ?? "", reason);
            return body;
        }
    }
}
