using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>An enrollment as the service's REST has it, read and written.</summary>
internal static class EnrollmentDocument
{
    /// <summary>The one policy that operational certificates are issued under here.</summary>
    internal const string CredentialPolicy = "default";

    private const int MaximumHubs = 10;

    /// <summary>The field of an enrollment's ID.</summary>
    internal static string IdField(EnrollmentKind kind) => kind == EnrollmentKind.Individual ? "registrationId" : "enrollmentGroupId";

    /// <summary>Reads what an enrollment is to be. Fields that only the service writes are passed over, as Azure does.</summary>
    /// <param name="kind">An individual one or a group.</param>
    /// <param name="id">Its ID.</param>
    /// <param name="json">The document.</param>
    /// <param name="present">What it is now: keys and certificates that the document leaves out stay; null for a new one.</param>
    /// <param name="hubs">The hubs that DPS is linked to.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="FormatException">It cannot be; the message names the field and the remedy.</exception>
    internal static (Attestation Attestation, EnrollmentSettings Settings) Read(
        EnrollmentKind kind, string id, JsonObject json, Enrollment? present, IReadOnlyList<string> hubs, DateTimeOffset now)
    {
        if (!RegistrationIds.IsValid(id))
        {
            throw new FormatException($"'{id}' is no {IdField(kind)}: {RegistrationIds.Rule}.");
        }

        if (json.GetText(IdField(kind)) is { } named && !named.Equals(id, StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"'{IdField(kind)}' is '{named}', and the address names '{id}': write the same in both.");
        }

        return (AttestationDocument.Read(kind, id, json, present?.Attestation, now), ReadSettings(kind, json, hubs));
    }

    /// <summary>Writes an enrollment, never with a key.</summary>
    internal static JsonObject Write(Enrollment enrollment)
    {
        EnrollmentSettings settings = enrollment.Settings;
        var json = new JsonObject { [IdField(enrollment.Kind)] = enrollment.Id };
        json.AddIfAny("deviceId", settings.DeviceId);
        json.AddIfAny("credentialPolicyName", settings.CredentialPolicyName);
        json.AddIfAny("optionalDeviceInformation", settings.OptionalDeviceInformation?.DeepClone());
        json["attestation"] = AttestationDocument.Write(enrollment.Attestation, withKeys: false);
        json["capabilities"] = new JsonObject { ["iotEdge"] = settings.IotEdge };
        if (settings is { Allocation: AllocationPolicy.Static, IotHubs: [var only] })
        {
            json["iotHubHostName"] = only;
        }

        json.AddIfAny("initialTwin", WriteTwin(settings));
        json["etag"] = $"\"{enrollment.ETag}\"";
        json["provisioningStatus"] = settings.Enabled ? "enabled" : "disabled";
        json["reprovisionPolicy"] = new JsonObject
        {
            ["updateHubAssignment"] = settings.UpdateHubAssignment,
            ["migrateDeviceData"] = settings.MigrateDeviceData,
        };
        json["createdDateTimeUtc"] = Timestamps.ToText(enrollment.Created);
        json["lastUpdatedDateTimeUtc"] = Timestamps.ToText(enrollment.Updated);
        json["allocationPolicy"] = settings.Allocation switch
        {
            AllocationPolicy.Hashed => "hashed",
            AllocationPolicy.GeoLatency => "geoLatency",
            _ => "static",
        };
        json.AddIfAny("iotHubs", settings.IotHubs is null ? null : new JsonArray([.. settings.IotHubs.Select(hub => (JsonNode)hub)]));
        return json;
    }

    private static EnrollmentSettings ReadSettings(EnrollmentKind kind, JsonObject json, IReadOnlyList<string> hubs)
    {
        JsonObject? twin = json.GetObject("initialTwin");
        JsonObject? reprovision = json.GetObject("reprovisionPolicy");
        IReadOnlyList<string>? allowed = ReadHubs(json, hubs);
        return new EnrollmentSettings
        {
            DeviceId = ReadDeviceId(kind, json),
            Enabled = ReadStatus(json),
            Allocation = ReadAllocation(json, allowed),
            IotHubs = allowed,
            UpdateHubAssignment = reprovision?.GetFlag("updateHubAssignment") ?? true,
            MigrateDeviceData = reprovision?.GetFlag("migrateDeviceData") ?? true,
            InitialTags = ReadTwin(twin?.GetObject("tags"), "initialTwin.tags", TwinPatch.MaximumTags),
            InitialDesired = ReadTwin(
                twin?.GetObject("properties")?.GetObject("desired"), "initialTwin.properties.desired", TwinPatch.MaximumProperties),
            CredentialPolicyName = ReadPolicy(json),
            IotEdge = json.GetObject("capabilities")?.GetFlag("iotEdge") ?? false,
            OptionalDeviceInformation = json.GetObject("optionalDeviceInformation")?.DeepClone().AsObject(),
        };
    }

    private static string? ReadDeviceId(EnrollmentKind kind, JsonObject json)
    {
        string? deviceId = json.GetText("deviceId");
        if (deviceId is null or "")
        {
            return null;
        }

        if (kind == EnrollmentKind.Group)
        {
            throw new FormatException("'deviceId' is not for a group: its devices are named as they register.");
        }

        return DeviceIds.FindProblem(deviceId) is { } problem ? throw new FormatException(problem) : deviceId;
    }

    private static bool ReadStatus(JsonObject json) => json.GetText("provisioningStatus") switch
    {
        null or "enabled" => true,
        "disabled" => false,
        var other => throw new FormatException($"'provisioningStatus' is '{other}': here are enabled and disabled."),
    };

    private static string[]? ReadHubs(JsonObject json, IReadOnlyList<string> linked)
    {
        string[]? hubs = json.GetTexts("iotHubs") is { Length: > 0 } several ? several
            : json.GetText("iotHubHostName") is { Length: > 0 } one ? [one] : null;
        if (hubs?.FirstOrDefault(hub => !linked.Contains(hub, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new FormatException($"The hub '{unknown}' is not linked: here are {string.Join(", ", linked)}. --hub NAME adds one.");
        }

        return hubs is { Length: > MaximumHubs } ? throw new FormatException($"'iotHubs' has more than {MaximumHubs} hubs.") : hubs;
    }

    private static AllocationPolicy ReadAllocation(JsonObject json, IReadOnlyList<string>? allowed)
    {
        if (json.GetText("allocationPolicy") is { } text && text.Equals("custom", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException(
                "'allocationPolicy' custom calls an Azure function, which is not here: use hashed, geoLatency or static.");
        }

        AllocationPolicy policy = json.GetChoice<AllocationPolicy>("allocationPolicy")
            ?? (json.GetText("iotHubHostName") is { Length: > 0 } ? AllocationPolicy.Static : AllocationPolicy.Hashed);
        return policy == AllocationPolicy.Static && allowed is null
            ? throw new FormatException("'allocationPolicy' static needs the hub, in 'iotHubs' or 'iotHubHostName'.")
            : policy;
    }

    private static JsonObject? ReadTwin(JsonObject? part, string name, int maximumSize)
    {
        JsonObject? copy = part?.DeepClone().AsObject();
        foreach (string written in new[] { "version", "count", "metadata", "$version", "$metadata" })
        {
            copy?.Remove(written);
        }

        try
        {
            if (copy is not null)
            {
                TwinPatch.Validate(copy);
                TwinPatch.ValidateSize(copy, maximumSize);
            }

            return copy;
        }
        catch (HubException error)
        {
            throw new FormatException($"'{name}': {error.Message}", error);
        }
    }

    private static string? ReadPolicy(JsonObject json) => json.GetText("credentialPolicyName") switch
    {
        null or "" => null,
        CredentialPolicy => CredentialPolicy,
        var other => throw new FormatException(
            $"'credentialPolicyName' is '{other}': the policy that issues operational certificates here is '{CredentialPolicy}'."),
    };

    private static JsonObject? WriteTwin(EnrollmentSettings settings)
    {
        if (settings.InitialTags is null && settings.InitialDesired is null)
        {
            return null;
        }

        return new JsonObject
        {
            ["tags"] = settings.InitialTags?.DeepClone() ?? new JsonObject(),
            ["properties"] = new JsonObject { ["desired"] = settings.InitialDesired?.DeepClone() ?? new JsonObject() },
        };
    }
}
