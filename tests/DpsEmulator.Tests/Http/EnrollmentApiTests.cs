using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Http;

/// <summary>Enrollments over HTTP.</summary>
[TestClass]
public sealed class EnrollmentApiTests
{
    [TestMethod]
    [DataRow("application/x-pem-file")]
    [DataRow("text/plain")]
    [DataRow("application/octet-stream")]
    public async Task A_certificate_is_enrolled_under_its_common_name(string contentType)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);

        using HttpResponseMessage response = await cloud.UploadAsync("Some words before it.\n" + certificate.Pem, contentType);

        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode);
        Assert.AreEqual($"/api/enrollments/{Id}", response.Headers.Location?.OriginalString);
        JsonNode listed = (await cloud.GetAsync("api/enrollments")).AsArray().Single()!;
        Assert.AreEqual(Id, (string?)listed["registrationId"]);
        Assert.AreEqual(Id, (string?)listed["deviceId"]);
        Assert.AreEqual(certificate.Fingerprint, (string?)listed["certificateFingerprint"]);
        Assert.IsTrue((bool?)listed["enabled"]);
        Assert.IsNull(listed["assignedHub"]);
        Assert.AreEqual(listed.ToJsonString(), (await cloud.GetAsync($"api/enrollments/{Id}")).ToJsonString());
    }

    [TestMethod]
    public async Task An_enrollment_as_JSON_may_name_another_device_ID()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);

        using HttpResponseMessage response = await cloud.Http.PostAsJsonAsync(
            "api/enrollments", new { certificate = certificate.Pem, registrationId = Id, deviceId = "lamp" });

        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        Assert.AreEqual("lamp", (string?)(await device.RegisterAsync(Id)).Body["registrationState"]!["deviceId"]);
        await using TestDevice lamp = await TestDevice.ConnectHubAsync(cloud, certificate, "lamp");
    }

    [TestMethod]
    public async Task The_same_certificate_again_is_no_error_and_another_one_is_a_conflict()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using DeviceCertificate other = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);

        using HttpResponseMessage again = await cloud.UploadAsync(certificate.Pem);
        Assert.AreEqual(HttpStatusCode.OK, again.StatusCode);
        await cloud.UploadAsync(other.Pem).ExpectProblemAsync(HttpStatusCode.Conflict, "Remove that enrollment");
        Assert.AreEqual(certificate.Fingerprint, (string?)(await cloud.GetAsync($"api/enrollments/{Id}"))["certificateFingerprint"]);
    }

    [TestMethod]
    public async Task A_device_ID_belongs_to_one_enrollment()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate first = DeviceCertificate.Create("first");
        using DeviceCertificate second = DeviceCertificate.Create("second");
        await cloud.EnrollAsync(first);

        await cloud.Http.PostAsJsonAsync("api/enrollments", new { certificate = second.Pem, deviceId = "first" })
            .ExpectProblemAsync(HttpStatusCode.Conflict, "'first'");
    }

    [TestMethod]
    public async Task What_is_no_certificate_of_a_device_is_refused_with_the_reason()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        using DeviceCertificate forbidden = DeviceCertificate.Create("a b");
        using DeviceCertificate tooLong = DeviceCertificate.Create(new string('x', 129));
        using DeviceCertificate longest = DeviceCertificate.Create(new string('x', 128));
        using DeviceCertificate expired = DeviceCertificate.Create("old", notAfter: DateTimeOffset.UtcNow.AddDays(-1));
        using DeviceCertificate early = DeviceCertificate.Create("young", notBefore: DateTimeOffset.UtcNow.AddDays(1));

        await cloud.UploadAsync("").ExpectProblemAsync(HttpStatusCode.BadRequest, "holds no certificate");
        await cloud.UploadAsync("hello").ExpectProblemAsync(HttpStatusCode.BadRequest, "holds no certificate");
        await cloud.UploadAsync(certificate.Pem + "\n" + certificate.KeyPem()).ExpectProblemAsync(HttpStatusCode.BadRequest, "private key");
        await cloud.UploadAsync(certificate.Pem + "\n" + forbidden.Pem).ExpectProblemAsync(HttpStatusCode.BadRequest, "2 certificates");
        await cloud.UploadAsync("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
            .ExpectProblemAsync(HttpStatusCode.BadRequest, "damaged");
        await cloud.UploadAsync(forbidden.Pem).ExpectProblemAsync(HttpStatusCode.BadRequest, "'a b'");
        await cloud.UploadAsync(tooLong.Pem).ExpectProblemAsync(HttpStatusCode.BadRequest, "1 to 128");
        await cloud.UploadAsync(expired.Pem).ExpectProblemAsync(HttpStatusCode.BadRequest, "not now");
        await cloud.UploadAsync(early.Pem).ExpectProblemAsync(HttpStatusCode.BadRequest, "not now");
        await cloud.UploadAsync("{", "application/json").ExpectProblemAsync(HttpStatusCode.BadRequest, "no JSON");
        await cloud.UploadAsync("{}", "application/json").ExpectProblemAsync(HttpStatusCode.BadRequest, "'certificate'");
        await cloud.UploadAsync(new string('x', 300_000)).ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, "large");
        await cloud.Http.PostAsJsonAsync("api/enrollments", new { certificate = certificate.Pem, registrationId = "other" })
            .ExpectProblemAsync(HttpStatusCode.BadRequest, "common name");
        await cloud.Http.PostAsJsonAsync("api/enrollments", new { certificate = certificate.Pem, deviceId = "a/b" })
            .ExpectProblemAsync(HttpStatusCode.BadRequest, "'a/b'");
        await cloud.Http.PostAsync("api/enrollments", new ByteArrayContent([0xFF, 0xFE]))
            .ExpectProblemAsync(HttpStatusCode.BadRequest, "no text");
        Assert.IsEmpty((await cloud.GetAsync("api/enrollments")).AsArray());
        using HttpResponseMessage accepted = await cloud.UploadAsync(longest.Pem);
        Assert.AreEqual(HttpStatusCode.Created, accepted.StatusCode);
    }

    [TestMethod]
    public async Task A_removed_enrollment_is_gone_and_its_device_stays()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.ProvisionAsync(certificate, Id);

        using HttpResponseMessage removed = await cloud.Http.DeleteAsync($"api/enrollments/{Id}");

        Assert.AreEqual(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.IsEmpty((await cloud.GetAsync("api/enrollments")).AsArray());
        Assert.HasCount(1, (await cloud.GetAsync("api/devices")).AsArray());
        await using TestDevice device = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
    }
}
