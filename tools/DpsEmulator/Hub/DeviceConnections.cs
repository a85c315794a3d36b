using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub;

/// <summary>Who is connected: one connection a device.</summary>
internal sealed class DeviceConnections(ChangeFeed changes)
{
    private readonly ConcurrentDictionary<string, IDeviceConnection> _connections = new(StringComparer.Ordinal);

    /// <summary>The device's connection, or null.</summary>
    internal IDeviceConnection? Find(string deviceId) => _connections.GetValueOrDefault(deviceId);

    /// <summary>A device connects; false when it still has an older connection.</summary>
    internal bool TryAdd(IDeviceConnection connection, [NotNullWhen(false)] out IDeviceConnection? older)
    {
        IDeviceConnection present = _connections.GetOrAdd(connection.DeviceId, connection);
        older = present == connection ? null : present;
        if (older is null)
        {
            changes.Publish(new Change(ChangeKind.Connection, connection.DeviceId));
        }

        return older is null;
    }

    /// <summary>A connection has ended.</summary>
    internal void Remove(IDeviceConnection connection)
    {
        _connections.TryRemove(new KeyValuePair<string, IDeviceConnection>(connection.DeviceId, connection));
        changes.Publish(new Change(ChangeKind.Connection, connection.DeviceId));
    }
}
