using System.Security.Authentication;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Dps;

/// <summary>Registrations with a certificate.</summary>
[TestClass]
public sealed class RegistrationTests
{
    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task A_device_with_the_enrolled_certificate_is_assigned_to_the_hub(SslProtocols protocol)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate, protocol);

        DpsReply reply = await device.RegisterAsync(Id);

        Assert.AreEqual(200, reply.Status);
        Assert.IsNull(reply.RetryAfter);
        Assert.AreEqual("assigned", (string?)reply.Body["status"]);
        Assert.AreEqual(Id, (string?)reply.Body["registrationState"]!["registrationId"]);
        Assert.AreEqual(Id, (string?)reply.Body["registrationState"]!["deviceId"]);
        Assert.AreEqual(cloud.Host.HubName, (string?)reply.Body["registrationState"]!["assignedHub"]);
        Assert.AreEqual("assigned", (string?)reply.Body["registrationState"]!["status"]);
        Assert.AreEqual("initialAssignment", (string?)reply.Body["registrationState"]!["substatus"]);
        await using TestDevice atHub = await TestDevice.ConnectHubAsync(cloud, certificate, Id);
    }

    [TestMethod]
    public async Task Assigning_lasts_as_long_as_retry_after_says()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using Cloud cloud = await Cloud.StartAsync(clock: clock, assignDelay: TimeSpan.FromSeconds(2.5));
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        await device.ConnectDpsAsync(Id);
        await device.SubscribeAsync(TestDevice.DpsAnswers);

        DpsReply first = await device.BeginRegistrationAsync(Id);
        Assert.AreEqual(202, first.Status);
        Assert.AreEqual(3, first.RetryAfter, "whole seconds, rounded up");
        Assert.AreEqual("assigning", (string?)first.Body["status"]);
        string operation = (string)first.Body["operationId"]!;

        clock.Advance(TimeSpan.FromSeconds(1));
        DpsReply early = await device.GetStatusAsync(operation);
        Assert.AreEqual(202, early.Status);
        Assert.AreEqual(2, early.RetryAfter);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.AreEqual(200, (await device.GetStatusAsync(operation)).Status);
    }

    [TestMethod]
    public async Task Another_certificate_of_the_same_name_is_refused_with_401002()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate enrolled = DeviceCertificate.Create(Id);
        using DeviceCertificate other = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(enrolled);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, other);

        DpsReply reply = await device.RegisterAsync(Id);

        Assert.AreEqual(401, reply.Status);
        Assert.AreEqual(401002, (int?)reply.Body["errorCode"]);
        Assert.AreEqual("Invalid certificate.", (string?)reply.Body["message"]);
        Assert.IsTrue(Guid.TryParse((string?)reply.Body["trackingId"], out _));
        StringAssert.Contains(cloud.Log, other.Fingerprint);
        StringAssert.Contains(cloud.Log, enrolled.Fingerprint);
    }

    [TestMethod]
    public async Task An_enrolled_certificate_does_not_serve_for_another_registration()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate mine = DeviceCertificate.Create("mine");
        using DeviceCertificate yours = DeviceCertificate.Create("yours");
        await cloud.EnrollAsync(mine);
        await cloud.EnrollAsync(yours);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, mine);

        Assert.AreEqual(401002, (int?)(await device.RegisterAsync("yours")).Body["errorCode"]);
    }

    [TestMethod]
    public async Task A_device_that_is_not_enrolled_is_not_found()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        DpsReply reply = await device.RegisterAsync(Id);

        Assert.AreEqual(404, reply.Status);
        Assert.AreEqual(404201, (int?)reply.Body["errorCode"]);
    }

    [TestMethod]
    public async Task A_disabled_enrollment_is_told_and_assigns_nothing()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await cloud.SetEnabledAsync(Id, enabled: false);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);

        DpsReply reply = await device.RegisterAsync(Id);

        Assert.AreEqual("disabled", (string?)reply.Body["status"]);
        Assert.IsNull(reply.Body["registrationState"]!["assignedHub"]);
        Assert.IsEmpty(await cloud.ListDevicesAsync());
    }

    [TestMethod]
    public async Task An_enrollment_that_is_removed_while_assigning_assigns_nothing()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        await device.ConnectDpsAsync(Id);
        await device.SubscribeAsync(TestDevice.DpsAnswers);
        DpsReply first = await device.BeginRegistrationAsync(Id);
        await cloud.RemoveEnrollmentAsync(Id);

        Assert.AreEqual(404, (await device.GetStatusAsync((string)first.Body["operationId"]!)).Status);
    }

    [TestMethod]
    public async Task The_outcome_of_another_device_is_not_told()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate mine = DeviceCertificate.Create("mine");
        using DeviceCertificate yours = DeviceCertificate.Create("yours");
        await cloud.EnrollAsync(mine);
        await cloud.EnrollAsync(yours);
        await using TestDevice first = await TestDevice.OpenAsync(cloud, mine);
        string operation = (string)(await first.RegisterAsync("mine")).Body["operationId"]!;

        await using TestDevice second = await TestDevice.OpenAsync(cloud, yours);
        await second.ConnectDpsAsync("yours");
        await second.SubscribeAsync(TestDevice.DpsAnswers);
        DpsReply reply = await second.GetStatusAsync(operation);

        Assert.AreEqual(404203, (int?)reply.Body["errorCode"]);
    }

    [TestMethod]
    public async Task The_outcome_of_a_registration_can_be_asked_for_an_hour_long()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using Cloud cloud = await Cloud.StartAsync(clock: clock);
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        string operation;
        await using (TestDevice device = await TestDevice.OpenAsync(cloud, certificate))
        {
            operation = (string)(await device.RegisterAsync(Id)).Body["operationId"]!;
        }

        clock.Advance(TimeSpan.FromHours(1));
        await using TestDevice later = await TestDevice.OpenAsync(cloud, certificate);
        await later.ConnectDpsAsync(Id);
        await later.SubscribeAsync(TestDevice.DpsAnswers);
        Assert.AreEqual(200, (await later.GetStatusAsync(operation)).Status);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(404203, (int?)(await later.GetStatusAsync(operation)).Body["errorCode"]);
    }

    [TestMethod]
    public async Task Registering_again_keeps_the_device_and_its_beginning()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        DpsReply first = await device.RegisterAsync(Id);

        DpsReply begun = await device.BeginRegistrationAsync(Id);
        DpsReply second = await device.GetStatusAsync((string)begun.Body["operationId"]!);

        JsonNode before = first.Body["registrationState"]!;
        JsonNode after = second.Body["registrationState"]!;
        Assert.AreEqual((string?)before["createdDateTimeUtc"], (string?)after["createdDateTimeUtc"]);
        Assert.AreEqual("initialAssignment", (string?)after["substatus"], "what api-versions before 2021-06-01 say");
        Assert.AreNotEqual((string?)before["etag"], (string?)after["etag"]);
    }

    [TestMethod]
    [DataRow("""{"registrationId":"somebody"}""")]
    [DataRow("""{"registrationId":7}""")]
    [DataRow("""{"registrationId":"\ud800"}""")]
    [DataRow("""{"registrationId":"az-c89346854138v1v4v1","registrationId":"az-c89346854138v1v4v1"}""")]
    [DataRow("[]")]
    [DataRow("{")]
    [DataRow("")]
    public async Task A_request_that_does_not_name_the_registration_is_bad(string body)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await cloud.EnrollAsync(certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        await device.ConnectDpsAsync(Id);
        await device.SubscribeAsync(TestDevice.DpsAnswers);

        Assert.AreEqual(400, (await device.RequestAsync("PUT/iotdps-register/?$rid={0}", body)).Status);
    }
}
