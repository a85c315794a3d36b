using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Http;

/// <summary>What the page looks for and DPS's REST cannot.</summary>
[TestClass]
public sealed class SearchApiTests
{
    [TestMethod]
    public async Task Enrollments_are_found_by_the_beginning_of_their_ID_in_any_case()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        foreach (string id in new[] { "lamp", "Lamp-2", "lamp-1", "lamq", "lam", "other" })
        {
            await cloud.EnrollKeyAsync(id);
        }

        CollectionAssert.AreEqual(
            new[] { "lamp", "lamp-1", "Lamp-2" }, await FindAsync(cloud, "enrollments?prefix=LAMP", "registrationId"));
        CollectionAssert.AreEqual(new[] { "lamp-1" }, await FindAsync(cloud, "enrollments?prefix=lamp-1", "registrationId"));
        CollectionAssert.AreEqual(Array.Empty<string>(), await FindAsync(cloud, "enrollments?prefix=%25", "registrationId"));
        CollectionAssert.AreEqual(Array.Empty<string>(), await FindAsync(cloud, "enrollmentGroups?prefix=l", "enrollmentGroupId"));
        await cloud.Http.GetAsync("api/enrollments").ExpectProblemAsync(HttpStatusCode.BadRequest, "prefix");
    }

    [TestMethod]
    public async Task Records_of_all_groups_are_listed_page_by_page_with_their_group()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using TestAuthority authority = TestAuthority.Create("Factory");
        using DeviceCertificate single = DeviceCertificate.Create("a-single");
        await cloud.EnrollGroupAsync("factory", authority);
        await cloud.ProvisionAsync(single, "a-single");
        using DeviceCertificate grouped = DeviceCertificate.From(authority.Issue(Id));
        await using (TestDevice device = await TestDevice.OpenAsync(cloud, grouped))
        {
            await device.RegisterAsync(Id);
        }

        using HttpResponseMessage first = await QueryAsync(cloud, null);
        JsonNode record = (await first.Content.ReadFromJsonAsync<JsonArray>())!.Single()!;
        Assert.AreEqual("a-single", (string?)record["registrationId"]);
        Assert.IsNull(record["enrollmentGroupId"]);
        using HttpResponseMessage second = await QueryAsync(cloud, first.Headers.GetValues("x-ms-continuation").Single());
        Assert.AreEqual("factory", (string?)(await second.Content.ReadFromJsonAsync<JsonArray>())!.Single()!["enrollmentGroupId"]);
        Assert.IsFalse(second.Headers.Contains("x-ms-continuation"));
        await QueryAsync(cloud, "?").ExpectProblemAsync(HttpStatusCode.BadRequest, "x-ms-continuation");

        Assert.AreEqual("factory", (string?)(await cloud.GetAsync($"api/registrations/{Id}"))["enrollmentGroupId"]);
        CollectionAssert.AreEqual(new[] { Id }, await FindAsync(cloud, "registrations?prefix=AZ-", "registrationId"));
        await cloud.Http.GetAsync("api/registrations/x").ExpectProblemAsync(HttpStatusCode.NotFound, "'x'");
    }

    private static async Task<HttpResponseMessage> QueryAsync(Cloud cloud, string? continuation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/registrations/query");
        request.Headers.Add("x-ms-max-item-count", "1");
        if (continuation is not null)
        {
            request.Headers.Add("x-ms-continuation", continuation);
        }

        return await cloud.Http.SendAsync(request);
    }

    private static async Task<string[]> FindAsync(Cloud cloud, string query, string id) =>
        [.. (await cloud.GetAsync("api/" + query)).AsArray().Select(item => (string)item![id]!)];
}
