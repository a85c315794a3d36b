using System.Security.Authentication;
using System.Text;
using DevKit.Fleet.Servers;
using DevKit.Mqtt;

namespace DevKit.Fleet.Devices;

/// <summary>One device: it registers, connects to its hub, sends, stays, and goes.</summary>
internal sealed class VirtualDevice(DeviceIdentity identity, ICloud cloud, PhaseTimes times) : IAsyncDisposable
{
    /// <summary>The name of the DPS that every device knows.</summary>
    internal const string GlobalEndpoint = "global.azure-devices-provisioning.net";

    /// <summary>After this long what is waited for does not come any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private MqttLink? _hub;
    private string _telemetry = "";

    /// <summary>Why the device was lost; null while it is not.</summary>
    internal string? Failure { get; private set; }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }

    /// <summary>Registers, connects to the hub, and sends a message.</summary>
    internal Task JoinAsync(CancellationToken cancellation) => TryAsync(
        async limit =>
        {
            (string hub, string deviceId) = await RegisterAsync(limit);
            _hub = await times.MeasureAsync(Phase.HubHandshake, () => OpenAsync(hub, limit));
            await times.MeasureAsync(
                Phase.Connect, () => _hub.ConnectAsync(deviceId, $"{hub}/{deviceId}/?api-version=2021-04-12", limit));
            _telemetry = $"devices/{deviceId}/messages/events/";
            await times.MeasureAsync(Phase.Send, () => SendAsync("hello", limit));
        },
        cancellation);

    /// <summary>Sends a message over the connection that it has kept all the time, and says good-bye.</summary>
    internal Task LeaveAsync(CancellationToken cancellation) => TryAsync(
        async limit =>
        {
            await SendAsync("good-bye", limit);
            await _hub!.DisconnectAsync(limit);
        },
        cancellation);

    private async Task<(string Hub, string DeviceId)> RegisterAsync(CancellationToken limit)
    {
        await using MqttLink dps = await times.MeasureAsync(Phase.DpsHandshake, () => OpenAsync(GlobalEndpoint, limit));
        (string, string) assigned = await times.MeasureAsync(
            Phase.Register, () => Registration.RunAsync(dps, cloud.IdScope, identity.RegistrationId, limit));
        await dps.DisconnectAsync(limit);
        return assigned;
    }

    private Task<MqttLink> OpenAsync(string name, CancellationToken limit) =>
        MqttLink.OpenAsync(cloud.Host, cloud.Port, name, cloud.Trust, identity.Context, limit);

    private Task SendAsync(string text, CancellationToken limit) => _hub!.SendAsync(_telemetry, Encoding.UTF8.GetBytes(text), limit);

    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellation)
    {
        if (Failure is not null)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await act(limit.Token);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && Explain(error) is { } reason)
        {
            Failure = reason;
        }
    }

    private static string? Explain(Exception error) => error switch
    {
        DeviceFailureException or MqttProtocolException => error.Message,
        OperationCanceledException => $"nothing came within {Patience.TotalSeconds} s",
        AuthenticationException => $"TLS: {error.Message}",
        IOException or System.Net.Sockets.SocketException => "the connection broke",
        _ => null,
    };
}
