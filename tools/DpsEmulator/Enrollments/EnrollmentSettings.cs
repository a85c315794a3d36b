using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Enrollments;

/// <summary>How DPS chooses a hub.</summary>
internal enum AllocationPolicy
{
    /// <summary>By the registration ID, evenly over the hubs.</summary>
    Hashed,

    /// <summary>The nearest hub: here, the first of them.</summary>
    GeoLatency,

    /// <summary>The hub that is named, the first of the list.</summary>
    Static,
}

/// <summary>What becomes of a device that registers.</summary>
internal sealed record EnrollmentSettings
{
    /// <summary>Its name at the hub; null for the registration ID, and always so with a group.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Whether it may register.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How its hub is chosen.</summary>
    public AllocationPolicy Allocation { get; init; } = AllocationPolicy.Hashed;

    /// <summary>The hubs that it may be assigned to; null for all that DPS is linked to.</summary>
    public IReadOnlyList<string>? IotHubs { get; init; }

    /// <summary>Whether a device that registers again may be assigned to another hub.</summary>
    public bool UpdateHubAssignment { get; init; } = true;

    /// <summary>Whether its twin goes with it to another hub; if not, it begins there with the initial twin.</summary>
    public bool MigrateDeviceData { get; init; } = true;

    /// <summary>The tags that its twin begins with; null for none.</summary>
    public JsonObject? InitialTags { get; init; }

    /// <summary>The desired properties that its twin begins with; null for none.</summary>
    public JsonObject? InitialDesired { get; init; }

    /// <summary>The policy under which operational certificates are issued; null for none.</summary>
    public string? CredentialPolicyName { get; init; }

    /// <summary>Whether it is to be an IoT Edge device; stored alone, as hubs here have none.</summary>
    public bool IotEdge { get; init; }

    /// <summary>What its owner noted of it; null for nothing.</summary>
    public JsonObject? OptionalDeviceInformation { get; init; }
}
