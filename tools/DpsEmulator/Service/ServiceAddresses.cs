using DevKit.DpsEmulator.Hub;

namespace DevKit.DpsEmulator.Service;

/// <summary>The names that the services go by, and the policies that open them.</summary>
/// <param name="ProvisioningHost">The DNS name of the DPS's own endpoint.</param>
/// <param name="IdScope">The DPS's ID scope.</param>
/// <param name="Hubs">The hubs.</param>
/// <param name="ProvisioningPolicy">What opens the DPS's REST.</param>
/// <param name="HubPolicy">What opens the REST of each hub.</param>
internal sealed record ServiceAddresses(
    string ProvisioningHost, string IdScope, HubNames Hubs, ServicePolicy ProvisioningPolicy, ServicePolicy HubPolicy)
{
    /// <summary>What the service SDKs take: the DPS's connection string, then those of the hubs.</summary>
    internal IReadOnlyList<string> GetConnectionStrings() =>
        [ProvisioningPolicy.GetConnectionString(ProvisioningHost), .. Hubs.All.Select(HubPolicy.GetConnectionString)];
}
