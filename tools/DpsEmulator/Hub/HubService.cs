using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The IoT hubs: what their devices connect to, and the cloud's way to them.</summary>
internal sealed class HubService(
    HubNames hubs,
    DeviceStore devices,
    TelemetryStore telemetry,
    CloudMessageStore messages,
    TwinStore twins,
    DeviceConnections connections,
    EventLog log,
    TimeProvider clock) : IMqttService
{
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

        if (hubs.Find(name.Hub) is not { } hub)
        {
            string known = string.Join(", ", hubs.All);
            return ConnectResult.Refuse(
                MqttConnectReturnCode.NotAuthorized, $"it asks for the hub '{LogText.Clean(name.Hub)}', here is {known}");
        }

        var address = new DeviceAddress(hub, name.DeviceId);
        Device? device = devices.Find(address);
        if (FindProblem(connect, name.ApiVersion, address, device, proof) is { } problem)
        {
            return ConnectResult.Refuse(MqttConnectReturnCode.NotAuthorized, problem);
        }

        var session = new HubSession(
            address, connect.Will, peer, devices, telemetry, messages, twins, connections, log, clock);
        while (!connections.TryAdd(session, out IDeviceConnection? older))
        {
            await older.SupersedeAsync().WaitAsync(peer.Ended);
        }

        try
        {
            session.Start();
        }
        catch
        {
            await session.CloseAsync(orderly: true);
            throw;
        }

        return ConnectResult.Accept(
            session, proof.Token?.UsableUntil, new MqttSessionKey($"{hub}/{address.DeviceId}", device!.GenerationId));
    }

    /// <summary>Queues a message to a device, to be delivered when the device is there.</summary>
    /// <exception cref="HubException">There is no such device, its queue is full, or the message is too long.</exception>
    internal void Send(DeviceAddress device, NewCloudMessage message)
    {
        message.Validate(device.DeviceId);
        if (devices.Find(device) is null)
        {
            throw HubException.DeviceNotFound(device);
        }

        if (!messages.TryAdd(device, message))
        {
            throw new HubException(
                HubErrorCode.DeviceMaximumQueueDepthExceeded,
                $"{CloudMessageStore.MaximumQueued} messages wait for {device.DeviceId} already, and a hub holds no more.");
        }

        connections.Find(device)?.Deliver();
    }

    /// <summary>Changes a twin, and notifies the device of its desired properties.</summary>
    /// <param name="device">The device.</param>
    /// <param name="update">The change.</param>
    /// <param name="etag">The ETag that the twin has to have, without quotes; null for any.</param>
    /// <param name="cancellationToken">Ends the wait for the notification to be sent.</param>
    /// <exception cref="HubException">There is no such device, its twin has another ETag, or would be too large.</exception>
    internal async Task<Twin> UpdateTwinAsync(
        DeviceAddress device, TwinUpdate update, string? etag, CancellationToken cancellationToken)
    {
        Twin twin = twins.Change(device, update, etag);
        if (update.Desired is not null && connections.Find(device) is { } connection)
        {
            await connection.NotifyDesiredAsync(
                update.Replace ? twin.Desired.Values : update.Desired, twin.Desired.Version, cancellationToken);
        }

        return twin;
    }

    private string? FindProblem(ConnectPacket connect, string? apiVersion, DeviceAddress address, Device? device, DeviceProof proof)
    {
        if (apiVersion is not null && ApiVersions.FindProblem(apiVersion) is { } versionProblem)
        {
            return versionProblem;
        }

        if (connect.ClientId != address.DeviceId)
        {
            return $"its client ID is not its device ID, '{LogText.Clean(address.DeviceId)}'";
        }

        if (proof.Problem is { } problem)
        {
            return problem;
        }

        return device switch
        {
            null => "there is no such device: let it register, or make it by the hub's REST or on the page",
            { Enabled: false } => "the device is disabled",
            { Authentication: var own } => own.FindProblem(proof, address.Resource, address.DeviceId, clock.GetUtcNow()),
        };
    }
}
