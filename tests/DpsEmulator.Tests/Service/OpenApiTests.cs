using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Service;
using DevKit.DpsEmulator.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Tests.Service;

/// <summary>The description of the services' REST, beside what is there.</summary>
[TestClass]
public sealed class OpenApiTests
{
    [TestMethod]
    public async Task The_document_has_every_request_of_the_services_and_no_other()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        string[] prefixes = [ServiceHosts.ProvisioningPrefix, ServiceHosts.HubPrefix, ServiceHosts.RegistrationPrefix];
        string[] mapped = [.. cloud.Host.Routes.OfType<RouteEndpoint>()
            .Where(route => prefixes.Any(prefix => route.RoutePattern.RawText!.StartsWith(prefix + "/", StringComparison.Ordinal)))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
                .Select(method => $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}") ?? [])];

        JsonNode document = await cloud.GetAsync("openapi.json");
        string[] described = [.. document["paths"]!.AsObject().SelectMany(path =>
            path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"))];

        CollectionAssert.AreEquivalent(mapped, described);
    }

    [TestMethod]
    public async Task Each_reference_leads_to_something()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        JsonNode document = await cloud.GetAsync("openapi.json");
        string[] references = [.. Find(document).Distinct()];
        Assert.IsNotEmpty(references);
        foreach (string reference in references)
        {
            JsonNode? target = document;
            foreach (string part in reference.TrimStart('#', '/').Split('/'))
            {
                target = target?[part];
            }

            Assert.IsNotNull(target, reference);
        }
    }

    private static IEnumerable<string> Find(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(field => field.Key == "$ref" ? [(string)field.Value!] : Find(field.Value)),
        JsonArray array => array.SelectMany(Find),
        _ => [],
    };
}
