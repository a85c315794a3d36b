using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>An emulator with something in every view of the page.</summary>
internal sealed class SampleCloud : IAsyncDisposable
{
    internal const string Hub = EmulatorOptions.DefaultHubName;
    internal const string LampId = "lamp-0007";

    private readonly DeviceCertificate _certificate = DeviceCertificate.Create(Id);
    private readonly TestAuthority _authority = TestAuthority.Create("Factory CA");

    private SampleCloud(Cloud cloud) => Cloud = cloud;

    /// <summary>Every view.</summary>
    internal static IReadOnlyList<string> Routes { get; } =
    [
        "overview", "enrollments", "new-enrollment", "enrollment/" + Id, "enrollment/sensor-12", "groups", "new-group", "group/factory",
        "group/keys", "registrations", "devices", $"device/{Hub}/{Id}", $"device/{Hub}/sensor-12", "faults", "log",
    ];

    internal Cloud Cloud { get; }

    internal TestDevice Device { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await Device.DisposeAsync();
        await Cloud.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
    }

    internal static async Task<SampleCloud> StartAsync()
    {
        var sample = new SampleCloud(await Cloud.StartAsync(null, null, default, Hub, "second-hub.azure-devices.net"));
        await sample.FillAsync();
        return sample;
    }

    private async Task FillAsync()
    {
        var keys = new JsonObject { ["type"] = "symmetricKey" };
        await Cloud.PutAsync("dps/enrollmentGroups/keys", new JsonObject { ["attestation"] = keys });
        await Cloud.EnrollGroupAsync("factory", _authority, new JsonObject { ["credentialPolicyName"] = "default" });
        await Cloud.EnrollKeyAsync("sensor-12", Sas.Key);
        await Cloud.EnrollKeyAsync("sensor-13");
        await Cloud.SetEnabledAsync("sensor-13", enabled: false);
        using DeviceCertificate lamp = DeviceCertificate.From(_authority.Issue(LampId));
        await using (TestDevice device = await TestDevice.OpenAsync(Cloud, lamp))
        {
            await device.RegisterAsync(LampId);
        }

        await using (TestDevice device = await TestDevice.OpenAsync(Cloud, null))
        {
            string resource = $"{Cloud.Host.IdScope}/registrations/sensor-12";
            await device.RegisterAsync("sensor-12", Sas.Create(resource, Sas.Key, "registration"));
        }

        await Cloud.PutAsync($"dps/enrollments/{Id}", new JsonObject
        {
            ["attestation"] = new JsonObject
            {
                ["type"] = "x509",
                ["x509"] = new JsonObject
                {
                    ["clientCertificates"] = new JsonObject { ["primary"] = new JsonObject { ["certificate"] = _certificate.Pem } },
                },
            },
            ["iotHubs"] = new JsonArray(Hub),
            ["initialTwin"] = JsonNode.Parse("""{"tags":{"floor":2},"properties":{"desired":{"interval":30}}}"""),
        });
        await using (TestDevice device = await TestDevice.OpenAsync(Cloud, _certificate))
        {
            await device.RegisterAsync(Id);
        }

        Device = await TestDevice.ConnectHubAsync(Cloud, _certificate, Id);
        await Device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", """{"firmware":"1.0.0","rgb":"off"}""");
        await Device.PublishAsync(EventsTopic + "$.ct=application%2Fjson", """{"temperature":21.5,"humidity":48}""");
        await Device.PublishAsync(EventsTopic + "alarm=true", """{"temperature":31.0,"humidity":40}""");
        using HttpResponseMessage fault = await Cloud.Http.PostAsync("api/faults", new StringContent(
            """{"kind":"status","service":"dps","device":"sensor-*","share":0.5,"seconds":3600,"status":429,"retryAfter":5}"""));
        fault.EnsureSuccessStatusCode();
    }
}
