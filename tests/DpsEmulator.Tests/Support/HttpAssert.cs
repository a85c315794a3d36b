using System.Net;
using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>What the REST API answers.</summary>
internal static class HttpAssert
{
    /// <summary>An error with a reason in words; returns the whole body.</summary>
    internal static async Task<string> ExpectProblemAsync(this Task<HttpResponseMessage> answer, HttpStatusCode status, string reason)
    {
        using HttpResponseMessage response = await answer;
        string body = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(status, response.StatusCode, body);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType, body);
        StringAssert.Contains((string?)JsonNode.Parse(body)!["detail"] ?? "", reason);
        return body;
    }
}
