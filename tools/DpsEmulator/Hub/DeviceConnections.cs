using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub;

/// <summary>Who is connected: one connection a device.</summary>
internal sealed class DeviceConnections(ChangeFeed changes)
{
    private readonly ConcurrentDictionary<DeviceAddress, IDeviceConnection> _connections = new();

    /// <summary>The device's connection, or null.</summary>
    internal IDeviceConnection? Find(DeviceAddress device) => _connections.GetValueOrDefault(device);

    /// <summary>A device connects; false when it still has an older connection.</summary>
    internal bool TryAdd(IDeviceConnection connection, [NotNullWhen(false)] out IDeviceConnection? older)
    {
        IDeviceConnection present = _connections.GetOrAdd(connection.Device, connection);
        older = present == connection ? null : present;
        if (older is null)
        {
            Publish(connection.Device);
        }

        return older is null;
    }

    /// <summary>A connection has ended.</summary>
    internal void Remove(IDeviceConnection connection)
    {
        _connections.TryRemove(new KeyValuePair<DeviceAddress, IDeviceConnection>(connection.Device, connection));
        Publish(connection.Device);
    }

    /// <summary>What a connection can be used for has changed.</summary>
    internal void Notify(IDeviceConnection connection) => Publish(connection.Device);

    private void Publish(DeviceAddress device) =>
        changes.Publish(new Change(ChangeKind.Connection, device.DeviceId, Hub: device.Hub));
}
