using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The IoT hub: what its devices connect to, and the cloud's way to them.</summary>
internal sealed class HubService(
    string hubName,
    DeviceStore devices,
    TelemetryStore telemetry,
    CloudMessageStore messages,
    TwinStore twins,
    DeviceConnections connections,
    EventLog log,
    TimeProvider clock) : IMqttService
{
    /// <summary>The hub's DNS name.</summary>
    internal string Name => hubName;

    /// <summary>
    /// Azure refuses every wrong CONNECT with return code 5. A device has one connection: its older one ends before this is accepted
    /// (MQTT-3.1.4-2).
    /// </summary>
    public async ValueTask<ConnectResult?> ConnectAsync(ConnectPacket connect, DeviceProof proof, MqttPeer peer)
    {
        if (!HubUserName.TryParse(connect.UserName, out HubUserName? name))
        {
            return null;
        }

        if (FindProblem(connect, name, proof) is { } problem)
        {
            return ConnectResult.Refuse(MqttConnectReturnCode.NotAuthorized, problem);
        }

        var session = new HubSession(
            name.DeviceId, connect.Will, peer, telemetry, messages, twins, connections, log, clock.GetUtcNow());
        while (!connections.TryAdd(session, out IDeviceConnection? older))
        {
            await older.SupersedeAsync().WaitAsync(peer.Ended);
        }

        session.Start();
        return ConnectResult.Accept(session, proof.Token?.Expires);
    }

    /// <summary>Queues a message to a device, to be delivered when the device is there; false when its queue is full.</summary>
    internal bool TrySend(string deviceId, IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<byte> payload)
    {
        if (!messages.TryAdd(deviceId, properties, payload))
        {
            return false;
        }

        connections.Find(deviceId)?.Deliver();
        return true;
    }

    /// <summary>Changes desired properties and notifies the device; returns their new version, or null where there is no device.</summary>
    internal async Task<long?> UpdateDesiredAsync(string deviceId, JsonObject patch, CancellationToken cancellationToken)
    {
        long? version = twins.PatchDesired(deviceId, patch);
        if (version is { } number && connections.Find(deviceId) is { } connection)
        {
            await connection.NotifyDesiredAsync(patch, number, cancellationToken);
        }

        return version;
    }

    /// <summary>Makes a device without a registration; false when there is one of this name already.</summary>
    internal bool TryAdd(string deviceId, Attestation attestation) => devices.TryAdd(deviceId, attestation, hubName, clock.GetUtcNow());

    /// <summary>Removes a device, and closes its connection; false when there is none of this name.</summary>
    internal bool Remove(string deviceId)
    {
        bool removed = devices.Remove(deviceId);
        connections.Find(deviceId)?.Abort("the device was removed");
        return removed;
    }

    private string? FindProblem(ConnectPacket connect, HubUserName name, DeviceProof proof)
    {
        if (!name.Hub.Equals(hubName, StringComparison.OrdinalIgnoreCase))
        {
            return $"it asks for the hub '{LogText.Clean(name.Hub)}', this one is {hubName}";
        }

        if (connect.ClientId != name.DeviceId)
        {
            return $"its client ID is not its device ID, '{LogText.Clean(name.DeviceId)}'";
        }

        if (proof.Problem is { } problem)
        {
            return problem;
        }

        return devices.Find(name.DeviceId) is { } device
            ? device.Attestation.FindProblem(proof, name.Resource, null, clock.GetUtcNow())
            : "there is no such device: let it register, or make it with POST /api/devices";
    }
}
