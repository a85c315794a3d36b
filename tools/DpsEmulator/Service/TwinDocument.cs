using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Hub;

namespace DevKit.DpsEmulator.Service;

/// <summary>A twin as a hub's REST writes it (<c>Twin</c> in Azure's specification 2021-04-12).</summary>
internal static class TwinDocument
{
    private const string Tags = "tags";
    private const string Properties = "properties";
    private const string Desired = "desired";

    internal static JsonObject Write(DeviceStatus status)
    {
        Device device = status.Device;
        return new JsonObject
        {
            ["deviceId"] = device.DeviceId,
            ["etag"] = status.Twin.ETag,
            ["deviceEtag"] = device.ETag,
            ["status"] = DeviceDocument.WriteStatus(device),
            ["statusReason"] = device.StatusReason,
            ["statusUpdateTime"] = DeviceDocument.WriteTime(device.StatusUpdated),
            ["connectionState"] = DeviceDocument.WriteConnection(device),
            ["lastActivityTime"] = DeviceDocument.WriteTime(device.Connection.LastActivity),
            ["cloudToDeviceMessageCount"] = status.MessageCount,
            ["authenticationType"] = AuthenticationDocument.WriteType(device.Authentication.Type),
            ["x509Thumbprint"] = AuthenticationDocument.WriteThumbprints(device.Authentication),
            ["modelId"] = "",
            ["version"] = status.Twin.Version,
            [Tags] = status.Twin.Tags.DeepClone(),
            [Properties] = new JsonObject
            {
                [Desired] = status.Twin.Desired.ForService(),
                ["reported"] = status.Twin.Reported.ForService(),
            },
            ["capabilities"] = new JsonObject { ["iotEdge"] = false },
        };
    }

    /// <summary>What a document changes: its tags and desired properties, and nothing of what it only tells.</summary>
    /// <param name="json">The document, a whole twin perhaps.</param>
    /// <param name="replace">Whether it replaces what is there.</param>
    /// <exception cref="FormatException">Something in it is wrong; the message names it.</exception>
    /// <exception cref="HubException">A name or value is none that a twin can have.</exception>
    internal static TwinUpdate Read(JsonObject json, bool replace) => new(
        ReadPart(json.GetObject(Tags)),
        ReadPart(json.GetObject(Properties)?.GetObject(Desired)),
        replace);

    private static JsonObject? ReadPart(JsonObject? part)
    {
        JsonObject? own = part?.DeepClone().AsObject();
        own?.Remove("$metadata");
        own?.Remove("$version");
        TwinPatch.Validate(own ?? []);
        return own;
    }
}
