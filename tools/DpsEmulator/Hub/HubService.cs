using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The IoT hub, as its devices' door and as the cloud's way to them.</summary>
internal sealed class HubService(
    string hubName, DeviceStore devices, CloudMessageStore messages, TwinStore twins, DeviceConnections connections, HubInbox inbox)
{
    /// <summary>The hub's DNS name.</summary>
    internal string Name => hubName;

    /// <summary>Answers a CONNECT: Azure refuses every wrong one with return code 5.</summary>
    internal Admission Admit(ConnectPacket connect, DeviceProof shown, MqttPeer peer) =>
        Objection(connect, shown, out Device? device) is { } objection
            ? Admission.Refuse(MqttConnectReturnCode.NotAuthorized, objection)
            : Admission.Admit(new HubSession(inbox, connections, device!.DeviceId, connect.Will, peer), shown.Token?.Expires);

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

    /// <summary>Makes a device without a registration; false when there is one of this name already.</summary>
    internal bool TryAdd(string deviceId, Attestation attestation) => devices.TryAdd(deviceId, attestation, hubName, inbox.Now);

    /// <summary>Forgets a device, and closes its connection.</summary>
    internal bool Remove(string deviceId)
    {
        bool removed = devices.Remove(deviceId);
        connections.Find(deviceId)?.Abort();
        return removed;
    }

    private string? Objection(ConnectPacket connect, DeviceProof shown, out Device? device)
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

        if (shown.Lack is { } lack)
        {
            return lack;
        }

        device = devices.Find(name.DeviceId);
        return device is null
            ? "there is no such device: let it register, or make it with POST /api/devices"
            : device.Attestation.Objection(shown, name.Resource, null, inbox.Now);
    }
}
