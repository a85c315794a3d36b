using System.Net;
using System.Text.Json.Nodes;

namespace DevKit.CertGen.Enrollment;

/// <summary>What the service said to a request.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The JSON, or null when there is none.</param>
internal sealed record ServiceAnswer(HttpStatusCode Status, JsonNode? Body)
{
    /// <summary>The object that was asked for; null when there is none of that name, or it was refused.</summary>
    public JsonObject? Document => Status == HttpStatusCode.OK ? Body as JsonObject : null;

    /// <summary>What was wrong, in the service's words.</summary>
    public string Message => $"{(int)Status} {(Text("message") ?? Text("Message") ?? Status.ToString()).TrimEnd('.')}.";

    private string? Text(string name) => (Body as JsonObject)?[name] is JsonValue value && value.TryGetValue(out string? text)
        ? text
        : null;
}
