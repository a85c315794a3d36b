using System.Collections.Concurrent;
using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub;

/// <summary>Who is connected: one connection a device.</summary>
internal sealed class DeviceConnections(ChangeFeed changes)
{
    private readonly ConcurrentDictionary<string, IDeviceConnection> _connections = new(StringComparer.Ordinal);

    /// <summary>The device's connection, or null.</summary>
    internal IDeviceConnection? Find(string deviceId) => _connections.GetValueOrDefault(deviceId);

    /// <summary>A device has connected; an older connection of its is closed.</summary>
    internal void Add(IDeviceConnection connection)
    {
        IDeviceConnection? older = null;
        _connections.AddOrUpdate(connection.DeviceId, connection, (_, existing) =>
        {
            older = existing;
            return connection;
        });
        older?.Abort("the device has connected again");
        changes.Publish(new Change(ChangeKind.Connection, connection.DeviceId));
    }

    /// <summary>A connection has ended; a newer one of the same device stays.</summary>
    internal void Remove(IDeviceConnection connection)
    {
        _connections.TryRemove(new KeyValuePair<string, IDeviceConnection>(connection.DeviceId, connection));
        changes.Publish(new Change(ChangeKind.Connection, connection.DeviceId));
    }
}
