using System.Text.Json.Nodes;
using DevKit.CertGen.Manifests;

namespace DevKit.CertGen.Enrollment;

/// <summary>Enrollments as the service's REST has them.</summary>
internal static class EnrollmentDocument
{
    /// <summary>The enrollment of one device.</summary>
    public static JsonObject Create(ManifestEntry entry, byte[] certificate)
    {
        var document = new JsonObject { ["registrationId"] = entry.RegistrationId, ["provisioningStatus"] = "enabled" };
        Apply(document, entry, certificate);
        return document;
    }

    /// <summary>The enrollment of all devices whose certificates a CA signed.</summary>
    public static JsonObject CreateGroup(string name, byte[] certificate) => new()
    {
        ["enrollmentGroupId"] = name,
        ["provisioningStatus"] = "enabled",
        ["attestation"] = CreateAttestation("signingCertificates", certificate),
    };

    /// <summary>Changes an enrollment to what a manifest says of it. What the manifest does not speak of stays.</summary>
    public static void Apply(JsonObject document, ManifestEntry entry, byte[] certificate)
    {
        document["attestation"] = CreateAttestation("clientCertificates", certificate);
        if (entry.DeviceId != null)
        {
            document["deviceId"] = entry.DeviceId;
        }

        if (entry.Hub != null)
        {
            document.Remove("iotHubHostName");
            document["allocationPolicy"] = "static";
            document["iotHubs"] = new JsonArray(entry.Hub);
        }

        if (entry.Tags != null)
        {
            JsonObject twin = document["initialTwin"] as JsonObject ?? [];
            twin["tags"] = entry.Tags.DeepClone();
            document["initialTwin"] = twin;
        }
    }

    /// <summary>Changes a group's CA.</summary>
    public static void ApplyGroup(JsonObject document, byte[] certificate)
        => document["attestation"] = CreateAttestation("signingCertificates", certificate);

    /// <summary>In what an enrollment differs from a manifest.</summary>
    /// <returns>As in "another hub"; null when it is what the manifest says.</returns>
    public static string? FindDifference(JsonObject document, ManifestEntry entry)
        => !HasCertificate(document, "clientCertificates", entry.CertificateSha256) ? "another certificate"
            : entry.DeviceId != null && GetText(document["deviceId"]) != entry.DeviceId ? "another deviceId"
            : entry.Hub != null && !IsAssignedTo(document, entry.Hub) ? "another hub"
            : entry.Tags != null && !JsonNode.DeepEquals((document["initialTwin"] as JsonObject)?["tags"], entry.Tags) ? "other tags"
            : null;

    /// <summary>Whether the primary certificate of an enrollment is this one.</summary>
    /// <param name="document">The enrollment.</param>
    /// <param name="kind"><c>clientCertificates</c>, or a group's <c>signingCertificates</c>.</param>
    /// <param name="sha256">The fingerprint, 64 hex characters.</param>
    public static bool HasCertificate(JsonObject document, string kind, string sha256)
    {
        JsonNode? node = document;
        foreach (string name in new[] { "attestation", "x509", kind, "primary", "info", "sha256Thumbprint" })
        {
            node = (node as JsonObject)?[name];
        }

        return string.Equals(GetText(node), sha256, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonObject CreateAttestation(string kind, byte[] certificate) => new()
    {
        ["type"] = "x509",
        ["x509"] = new JsonObject
        {
            [kind] = new JsonObject { ["primary"] = new JsonObject { ["certificate"] = Convert.ToBase64String(certificate) } },
        },
    };

    private static bool IsAssignedTo(JsonObject document, string hub)
        => document["iotHubs"] is JsonArray { Count: 1 } hubs && string.Equals(GetText(hubs[0]), hub, StringComparison.OrdinalIgnoreCase);

    private static string? GetText(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
