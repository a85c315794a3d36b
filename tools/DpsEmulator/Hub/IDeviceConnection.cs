using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device that is connected, as seen from the cloud.</summary>
internal interface IDeviceConnection
{
    /// <summary>Whose connection it is.</summary>
    DeviceAddress Device { get; }

    /// <summary>When it connected.</summary>
    DateTimeOffset ConnectedSince { get; }

    /// <summary>Closes the connection without a word.</summary>
    /// <param name="reason">Why, for the log.</param>
    void Abort(string reason);

    /// <summary>
    /// Closes the connection because the device opens another: what it sent over this one is read first, for a second at most.
    /// Ends when the connection has.
    /// </summary>
    Task SupersedeAsync();

    /// <summary>Begins to deliver what waits for the device, if it has subscribed; each message goes once over one connection.</summary>
    void Deliver();

    /// <summary>Notifies the device of a change of its desired properties, if it has subscribed.</summary>
    Task NotifyDesiredAsync(JsonObject patch, long version, CancellationToken cancellationToken);

    /// <summary>Calls a method of the device; null when the device has not subscribed to methods.</summary>
    /// <exception cref="OperationCanceledException">No answer came in time, or the connection ended.</exception>
    Task<MethodResult?> InvokeMethodAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
