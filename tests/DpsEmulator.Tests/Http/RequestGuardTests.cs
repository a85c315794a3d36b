using System.Net;
using DevKit.DpsEmulator.Http;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Http;

/// <summary>Other web sites stay out.</summary>
[TestClass]
public sealed class RequestGuardTests
{
    [TestMethod]
    [DataRow("evil.example")]
    [DataRow("127.0.0.1.evil.example:8080")]
    public async Task A_name_that_is_not_this_servers_is_turned_away(string host)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/info");
        request.Headers.Host = host;
        await cloud.Http.SendAsync(request).ExpectProblemAsync(HttpStatusCode.MisdirectedRequest, "localhost");
    }

    [TestMethod]
    public async Task Localhost_is_a_name_of_this_server()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/info");
        request.Headers.Host = $"localhost:{cloud.Host.HttpAddress.Port}";
        using HttpResponseMessage response = await cloud.Http.SendAsync(request);
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [TestMethod]
    [DataRow("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [DataRow("Origin", "null", HttpStatusCode.Forbidden)]
    [DataRow("Origin", "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [DataRow("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [DataRow("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [DataRow("Sec-Fetch-Site", "same-origin", HttpStatusCode.Created)]
    public async Task Another_web_site_changes_nothing(string header, string value, HttpStatusCode expected)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/enrollments") { Content = new StringContent(certificate.Pem) };
        request.Headers.Add(header, value);
        using HttpResponseMessage response = await cloud.Http.SendAsync(request);
        Assert.AreEqual(expected, response.StatusCode);
        Assert.HasCount(expected == HttpStatusCode.Created ? 1 : 0, await cloud.QueryAsync("enrollments"));
    }

    [TestMethod]
    public async Task The_page_may_change_something()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/enrollments") { Content = new StringContent(certificate.Pem) };
        request.Headers.Add("Origin", cloud.Host.HttpAddress.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage response = await cloud.Http.SendAsync(request);
        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode);
    }

    [TestMethod]
    public async Task The_page_is_served_and_refers_to_nothing_elsewhere()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        Assert.Contains("app.js", PageFiles.Names);
        foreach (string path in PageFiles.Names.Select(name => name == "index.html" ? "" : name))
        {
            using HttpResponseMessage response = await cloud.Http.GetAsync(path);
            Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, path);
            string text = await response.Content.ReadAsStringAsync();
            Assert.DoesNotMatchRegex("//[^ ]", text, $"{path} refers to somewhere else");
            StringAssert.StartsWith(response.Headers.GetValues("Content-Security-Policy").Single(), "default-src 'none'");
        }
    }
}
