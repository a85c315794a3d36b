using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device's twin.</summary>
/// <param name="Tags">What the cloud notes about the device, which the device does not see.</param>
/// <param name="Desired">What the cloud wants the device to be.</param>
/// <param name="Reported">What the device says that it is.</param>
/// <param name="Version">Grows by one with each change.</param>
/// <param name="Revision">Grows by one with each change that the cloud makes.</param>
internal sealed record Twin(JsonObject Tags, TwinProperties Desired, TwinProperties Reported, long Version, long Revision)
{
    /// <summary>The version of a twin that nobody has changed.</summary>
    internal const long FirstVersion = 2;

    /// <summary>As a hub's, without quotes: the revision, eight bytes of it, big-endian, in base64.</summary>
    internal string ETag
    {
        get
        {
            byte[] bytes = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, Revision);
            return Convert.ToBase64String(bytes);
        }
    }

    /// <summary>The twin of a new device.</summary>
    internal static Twin Create(InitialTwin? initial, DateTimeOffset now) => new(
        TwinPatch.Apply([], initial?.Tags ?? []),
        TwinProperties.Create(initial?.Desired ?? [], now, isVersioned: true),
        TwinProperties.Create([], now, isVersioned: false),
        FirstVersion,
        1);
}
