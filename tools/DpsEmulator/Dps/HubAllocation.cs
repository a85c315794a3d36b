using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DevKit.DpsEmulator.Enrollments;

namespace DevKit.DpsEmulator.Dps;

/// <summary>Which hub a device is assigned to.</summary>
internal static class HubAllocation
{
    /// <summary>The hub of an allocation policy; null when none of the enrollment's hubs is linked any more.</summary>
    /// <param name="settings">The enrollment.</param>
    /// <param name="registrationId">The device.</param>
    /// <param name="linked">The hubs that DPS is linked to, the nearest first.</param>
    internal static string? Choose(EnrollmentSettings settings, string registrationId, IReadOnlyList<string> linked)
    {
        string[] hubs = [.. linked.Where(hub => settings.IotHubs?.Contains(hub, StringComparer.OrdinalIgnoreCase) ?? true)];
        return settings.Allocation switch
        {
            _ when hubs.Length == 0 => null,
            AllocationPolicy.Static => settings.IotHubs!.Select(named => hubs.FirstOrDefault(
                hub => hub.Equals(named, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(hub => hub is not null),
            AllocationPolicy.GeoLatency => hubs[0],
            _ => hubs[Hash(registrationId) % (uint)hubs.Length],
        };
    }

    /// <summary>The same for an ID in any case, on any machine.</summary>
    private static uint Hash(string registrationId) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(registrationId.ToUpperInvariant())));
}
