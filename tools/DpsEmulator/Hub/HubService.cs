using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The IoT hub, as its devices' door and as the cloud's way to them.</summary>
internal sealed class HubService(
    string hubName, DeviceStore devices, CloudMessageStore messages, TwinStore twins, DeviceConnections connections, HubInbox inbox)
{
    /// <summary>Answers a CONNECT: Azure refuses every wrong one with return code 5.</summary>
    internal Admission Admit(ConnectPacket connect, X509Certificate2? shown, MqttPeer peer) =>
        Objection(connect, shown, out Device? device) is { } objection
            ? Admission.Refuse(MqttConnectReturnCode.NotAuthorized, objection)
            : Admission.Admit(new HubSession(inbox, connections, device!.DeviceId, connect.Will, peer));

    /// <summary>Queues a message to a device and delivers it when the device is there; false when its queue is full.</summary>
    internal async Task<bool> SendAsync(string deviceId, IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<byte> payload)
    {
        if (!messages.TryAdd(deviceId, properties, payload))
        {
            return false;
        }

        if (connections.Find(deviceId) is { } connection)
        {
            await connection.DeliverAsync();
        }

        return true;
    }

    /// <summary>Changes desired properties and tells the device; returns the new version, or null when there is no such device.</summary>
    internal async Task<long?> DesireAsync(string deviceId, JsonObject patch)
    {
        long? version = twins.PatchDesired(deviceId, patch);
        if (version is { } number && connections.Find(deviceId) is { } connection)
        {
            await connection.AnnounceDesiredAsync(patch, number);
        }

        return version;
    }

    /// <summary>Forgets a device, and closes its connection.</summary>
    internal bool Remove(string deviceId)
    {
        bool removed = devices.Remove(deviceId);
        connections.Find(deviceId)?.Abort();
        return removed;
    }

    private string? Objection(ConnectPacket connect, X509Certificate2? shown, out Device? device)
    {
        device = null;
        if (!HubUserName.TryParse(connect.UserName, out HubUserName? name))
        {
            return $"its user name '{connect.UserName}' is neither DPS's nor a hub's";
        }

        if (!name.Hub.Equals(hubName, StringComparison.OrdinalIgnoreCase))
        {
            return $"it asks for the hub '{name.Hub}', this one is {hubName}";
        }

        if (connect.ClientId != name.DeviceId)
        {
            return $"its client ID is not its device ID, '{name.DeviceId}'";
        }

        device = devices.Find(name.DeviceId);
        if (device is null)
        {
            return "no registration has made this device";
        }

        if (shown is null)
        {
            return "it showed no client certificate";
        }

        string thumbprint = shown.GetCertHashString(HashAlgorithmName.SHA256);
        return thumbprint == device.Thumbprint ? null : $"it shows certificate {thumbprint}, registered is {device.Thumbprint} (SHA-256)";
    }
}
