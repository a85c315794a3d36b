using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>
/// The MQTT server: one port for DPS and hub, told apart by the user name of CONNECT. What both have in common is here:
/// QoS 0 and 1 only, a QoS 2 subscription granted 1, at most 1177 seconds of keep-alive and 1.5 times that of patience.
/// </summary>
internal sealed class MqttEndpoint(DpsService dps, HubService hub, EventLog log, TimeProvider clock) : ConnectionHandler
{
    /// <summary>The longest message of a hub's device is 256 KiB; topic and header come on top.</summary>
    private const int LargestPacket = 256 * 1024 + 4096;

    /// <summary>The longest keep-alive that a hub keeps to, seconds; 0, which would turn it off, counts as this.</summary>
    private const int LongestKeepAlive = 1177;

    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        CancellationToken stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var life = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, stopping);
        using var patience = new CancellationTokenSource(ConnectPatience, clock);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(life.Token, patience.Token);
        using var channel = new MqttChannel(connection.Transport, LargestPacket);
        var peer = new MqttPeer(channel, life);
        IMqttSession? session = null;
        bool orderly = false;
        try
        {
            if (await ReadConnectAsync(channel, reading.Token) is not { } connect)
            {
                return;
            }

            Admission admission = Admit(connect, connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate, peer);
            await channel.WriteAsync(new ConnackPacket { ReturnCode = admission.ReturnCode }, reading.Token);
            session = admission.Session;
            if (session is not null)
            {
                using ITimer? end = EndAt(admission.Ends, session, peer);
                session.Opened();
                orderly = await ServeAsync(channel, peer, session, () => patience.CancelAfter(KeepAlive(connect)), reading.Token);
            }
        }
        catch (MqttProtocolException error)
        {
            log.Write($"{session?.Name ?? "A connection"} closed: {error.Message}");
            await RefuseAsync(channel, session is null ? error.Refusal : null);
        }
        catch (OperationCanceledException)
        {
            string reason = patience.IsCancellationRequested ? "nothing came for too long" : "the connection was broken off";
            log.Write($"{session?.Name ?? "A connection"} closed: {reason}");
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            log.Write($"{session?.Name ?? "A connection"} closed: the connection broke");
        }
        catch (Exception error)
        {
            log.Write($"{session?.Name ?? "A connection"} closed: {error.GetType().Name}: {error.Message}");
        }
        finally
        {
            session?.Closed(orderly);
        }
    }

    private static async Task<ConnectPacket?> ReadConnectAsync(MqttChannel channel, CancellationToken cancellationToken)
    {
        MqttPacket? first = await channel.ReadAsync(cancellationToken);
        return first is null or ConnectPacket
            ? (ConnectPacket?)first
            : throw new MqttProtocolException($"The first packet is {first.Type}, not CONNECT (MQTT-3.1.0-1).");
    }

    private Admission Admit(ConnectPacket connect, X509Certificate2? shown, MqttPeer peer)
    {
        var proof = DeviceProof.Of(connect.Password, shown);
        Admission admission = DpsUserName.TryParse(connect.UserName, out DpsUserName? name)
            ? dps.Admit(connect, name, proof, peer)
            : hub.Admit(connect, proof, peer);
        log.Write(admission.Session is { } session
            ? $"{session.Name} connected"
            : $"CONNECT of '{connect.ClientId}' refused, {admission.ReturnCode} ({(int)admission.ReturnCode}): {admission.Reason}");
        return admission;
    }

    /// <summary>Closes a connection when its token is over. One that lasts longer than a timer can be set for is not waited for.</summary>
    private ITimer? EndAt(DateTimeOffset? time, IMqttSession session, MqttPeer peer) =>
        time - clock.GetUtcNow() is { } left && left < LongestTimer
            ? clock.CreateTimer(_ => End(session, peer), null, left, Timeout.InfiniteTimeSpan)
            : null;

    private void End(IMqttSession session, MqttPeer peer)
    {
        log.Write($"{session.Name}: its SAS token has ended");
        peer.Abort();
    }

    private async Task<bool> ServeAsync(
        MqttChannel channel, MqttPeer peer, IMqttSession session, Action beginWaiting, CancellationToken cancellationToken)
    {
        beginWaiting();
        while (true)
        {
            MqttPacket? packet = await channel.ReadAsync(cancellationToken);
            beginWaiting();
            switch (packet)
            {
                case null:
                    log.Write($"{session.Name} closed its connection without DISCONNECT");
                    return false;
                case DisconnectPacket:
                    log.Write($"{session.Name} disconnected");
                    return true;
                default:
                    await TakeAsync(packet, peer, session, cancellationToken);
                    break;
            }
        }
    }

    private static async ValueTask TakeAsync(MqttPacket packet, MqttPeer peer, IMqttSession session, CancellationToken cancellationToken)
    {
        switch (packet)
        {
            case PublishPacket { QualityOfService: MqttQualityOfService.ExactlyOnce }:
                throw new MqttProtocolException("PUBLISH with QoS 2: Azure takes QoS 0 and 1.");
            case PublishPacket publish:
                await session.ReceiveAsync(publish, cancellationToken);
                if (publish.PacketId != 0)
                {
                    await peer.SendAsync(new PubackPacket { PacketId = publish.PacketId });
                }

                break;
            case PubackPacket puback:
                peer.Acknowledge(puback.PacketId);
                break;
            case SubscribePacket subscribe:
                await SubscribeAsync(subscribe, peer, session, cancellationToken);
                break;
            case UnsubscribePacket unsubscribe:
                foreach (string filter in unsubscribe.Filters)
                {
                    peer.Unsubscribe(filter);
                }

                await peer.SendAsync(new UnsubackPacket { PacketId = unsubscribe.PacketId });
                break;
            case PingreqPacket:
                await peer.SendAsync(new PingrespPacket());
                break;
            default:
                throw new MqttProtocolException($"{packet.Type} is not expected here.");
        }
    }

    private static async ValueTask SubscribeAsync(SubscribePacket packet, MqttPeer peer, IMqttSession session, CancellationToken cancellationToken)
    {
        var codes = new List<MqttSubscribeReturnCode>();
        foreach ((string filter, MqttQualityOfService wanted) in packet.Subscriptions)
        {
            bool allowed = session.Allows(filter);
            MqttQualityOfService granted = wanted == MqttQualityOfService.AtMostOnce ? wanted : MqttQualityOfService.AtLeastOnce;
            codes.Add(allowed ? (MqttSubscribeReturnCode)granted : MqttSubscribeReturnCode.Failure);
            if (allowed)
            {
                peer.Subscribe(filter, granted);
            }
        }

        await peer.SendAsync(new SubackPacket { PacketId = packet.PacketId, ReturnCodes = codes });
        foreach (MqttSubscription subscription in packet.Subscriptions.Where(subscription => peer.HasSubscribed(subscription.Filter)))
        {
            await session.SubscribedAsync(subscription.Filter, cancellationToken);
        }
    }

    private static async ValueTask RefuseAsync(MqttChannel channel, MqttConnectReturnCode? refusal)
    {
        if (refusal is not { } code)
        {
            return;
        }

        try
        {
            await channel.WriteAsync(new ConnackPacket { ReturnCode = code });
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Nobody is there to be refused.
        }
    }

    private static TimeSpan KeepAlive(ConnectPacket connect)
    {
        int seconds = connect.KeepAliveSeconds is 0 or > LongestKeepAlive ? LongestKeepAlive : connect.KeepAliveSeconds;
        return TimeSpan.FromSeconds(seconds * 1.5);
    }
}
