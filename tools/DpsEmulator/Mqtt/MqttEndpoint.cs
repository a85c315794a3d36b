using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.Mqtt;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>
/// The MQTT server: one port for DPS and hub, told apart by the user name of CONNECT. A connection is read to its end, whoever
/// closed it: what a device sent before it closed counts, its DISCONNECT above all (MQTT-3.14.4-3).
/// </summary>
internal sealed class MqttEndpoint(IEnumerable<IMqttService> services, EventLog log, TimeProvider clock) : ConnectionHandler
{
    private const string Silence = "nothing came for too long";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The longest time that a timer can be set to; a token that lasts longer is not waited for.</summary>
    private static readonly TimeSpan MaximumTimer = TimeSpan.FromDays(49);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        using var peer = new MqttPeer(connection.Transport, lifetime?.ConnectionClosedRequested ?? default);
        using ITimer silence = clock.CreateTimer(_ => peer.Abort(Silence), null, ConnectTimeout, Timeout.InfiniteTimeSpan);
        IMqttSession? session = null;
        bool orderly = false;
        try
        {
            if (await ReadConnectAsync(peer) is not { } connect)
            {
                return;
            }

            ConnectResult result = await ConnectAsync(connect, connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate, peer);
            session = result.Session;
            Log(connect, result);
            await peer.SendAsync(new ConnackPacket { ReturnCode = result.ReturnCode });
            if (session is not null)
            {
                using ITimer? expiry = AbortAt(result.Expires, peer);
                orderly = await new MqttConnection(peer, session, silence, connect.KeepAliveSeconds).RunAsync();
                log.Write($"{session.Name} {(orderly ? "disconnected" : "closed its connection without DISCONNECT")}");
            }
        }
        catch (Exception error)
        {
            log.Write($"{session?.Name ?? "A connection"} closed: {Reason(error, peer)}");
            await EndAsync(error, session is null, peer, connection);
        }
        finally
        {
            await CloseAsync(session, orderly, peer);
        }
    }

    private static async Task<ConnectPacket?> ReadConnectAsync(MqttPeer peer)
    {
        MqttPacket? first = await peer.ReadAsync();
        return first is null or ConnectPacket
            ? (ConnectPacket?)first
            : throw new MqttProtocolException($"The first packet is {first.Type}, not CONNECT (MQTT-3.1.0-1).");
    }

    private async Task<ConnectResult> ConnectAsync(ConnectPacket connect, X509Certificate2? certificate, MqttPeer peer)
    {
        var proof = DeviceProof.Read(connect.Password, certificate);
        ConnectResult? result = null;
        foreach (IMqttService service in services)
        {
            result ??= await service.ConnectAsync(connect, proof, peer);
        }

        result ??= ConnectResult.Refuse(
            MqttConnectReturnCode.NotAuthorized, $"its user name '{LogText.Clean(connect.UserName)}' is neither DPS's nor a hub's");
        return result;
    }

    private void Log(ConnectPacket connect, ConnectResult result) => log.Write(result.Session is { } session
        ? $"{session.Name} connected"
        : $"CONNECT of '{LogText.Clean(connect.ClientId)}' refused, {result.ReturnCode} ({(int)result.ReturnCode}): {result.Reason}");

    private ITimer? AbortAt(DateTimeOffset? expires, MqttPeer peer)
    {
        TimeSpan? left = expires - clock.GetUtcNow();
        if (left is not { } due || due > MaximumTimer)
        {
            return null;
        }

        due = due > TimeSpan.Zero ? due : TimeSpan.Zero;
        return clock.CreateTimer(_ => peer.Abort("its SAS token has ended"), null, due, Timeout.InfiniteTimeSpan);
    }

    private static string Reason(Exception error, MqttPeer peer) => error switch
    {
        MqttProtocolException => error.Message,
        OperationCanceledException when peer.Ended.IsCancellationRequested => peer.AbortReason ?? "the emulator ends",
        OperationCanceledException or IOException or ObjectDisposedException => "the connection broke",
        _ => $"{error.GetType().Name}: {error.Message}",
    };

    /// <summary>Answers a CONNECT that MQTT refuses, and frees whatever waits to be sent to a device that may no longer read.</summary>
    private static async Task EndAsync(Exception error, bool connecting, MqttPeer peer, ConnectionContext connection)
    {
        if (error is OperationCanceledException)
        {
            connection.Abort(new ConnectionAbortedException(peer.AbortReason ?? "The emulator ends."));
        }
        else if (connecting && error is MqttProtocolException { Refusal: { } code })
        {
            try
            {
                await peer.SendAsync(new ConnackPacket { ReturnCode = code });
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // Nobody is there to be refused.
            }
        }
    }

    private async Task CloseAsync(IMqttSession? session, bool orderly, MqttPeer peer)
    {
        peer.Close();
        try
        {
            if (session is not null)
            {
                await session.CloseAsync(orderly);
            }
        }
        catch (Exception error)
        {
            log.Write($"{session?.Name}: {error.GetType().Name}: {error.Message}");
        }
    }
}
