using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Hub;

/// <summary>Calls methods of devices, which have to be there, or to come in time.</summary>
internal sealed class MethodInvoker(DeviceStore devices, DeviceConnections connections, ChangeFeed changes, TimeProvider clock)
{
    /// <summary>Calls a method.</summary>
    /// <exception cref="HubException">There is no such device, it is away or has not subscribed to methods, or does not answer.</exception>
    internal async Task<MethodResult> InvokeAsync(DeviceAddress device, MethodCall call, CancellationToken cancellationToken)
    {
        call.Validate();
        if (devices.Find(device) is null)
        {
            throw HubException.DeviceNotFound(device);
        }

        using ChangeSubscription comings = changes.Subscribe(
            change => change.Kind == ChangeKind.Connection && change.Id == device.DeviceId && change.Hub == device.Hub);
        using var connecting = new CancellationTokenSource(call.ConnectTimeout, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connecting.Token, cancellationToken);
        while (true)
        {
            IDeviceConnection? connection = connections.Find(device);
            if (connection is not null && await InvokeAsync(connection, call, cancellationToken) is { } result)
            {
                return result;
            }

            await ((Task)comings.ReadAsync(patience.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (connecting.IsCancellationRequested)
            {
                throw new HubException(HubErrorCode.DeviceNotOnline, Explain(connections.Find(device)));
            }
        }
    }

    private async Task<MethodResult?> InvokeAsync(IDeviceConnection connection, MethodCall call, CancellationToken cancellationToken)
    {
        using var answering = new CancellationTokenSource(call.ResponseTimeout, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(answering.Token, cancellationToken);
        try
        {
            return await connection.InvokeMethodAsync(call.Name, call.Payload, patience.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string reason = answering.IsCancellationRequested
                ? $"it is connected, and did not answer within {call.ResponseTimeout.TotalSeconds} seconds."
                : "its connection ended before it answered.";
            throw new HubException(HubErrorCode.GatewayTimeout, $"Timed out waiting for the response from device: {reason}");
        }
    }

    private static string Explain(IDeviceConnection? connection) =>
        "The operation failed because the requested device isn't online or hasn't registered the direct method callback: "
        + (connection is null
            ? "it is not connected."
            : $"it is connected, and has not subscribed to {HubTopics.MethodCalls}.");
}
