using System.IO.Pipelines;
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
internal sealed class MqttEndpoint(
    IEnumerable<IMqttService> services, MqttSessions sessions, MqttWatch watch, EventLog log, TimeProvider clock)
    : ConnectionHandler
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override Task OnConnectedAsync(ConnectionContext connection) =>
        ServeAsync(connection.Transport, connection.Features, reason => connection.Abort(new ConnectionAbortedException(reason)));

    /// <summary>Serves a connection to its end.</summary>
    /// <param name="transport">The bytes of MQTT.</param>
    /// <param name="features">What is known of the connection: above all what the client sent in the TLS handshake.</param>
    /// <param name="abort">Breaks the connection off.</param>
    internal async Task ServeAsync(IDuplexPipe transport, IFeatureCollection features, Action<string> abort)
    {
        var lifetime = features.Get<IConnectionLifetimeNotificationFeature>();
        using var peer = new MqttPeer(transport, lifetime?.ConnectionClosedRequested ?? default);
        peer.ExpectPacketUntil(watch.Now + ConnectTimeout);
        watch.Add(peer);
        Admission? admission = null;
        bool orderly = false;
        try
        {
            admission = await AdmitAsync(features, peer);
            if (admission?.Session is { } session)
            {
                await AcceptAsync(admission, session, peer);
                orderly = await RunAsync(admission, session, peer);
                log.Write($"{session.Name} {(orderly ? "disconnected" : "closed its connection without DISCONNECT")}");
            }
            else if (admission is not null)
            {
                await peer.SendAsync(new ConnackPacket { ReturnCode = admission.ReturnCode });
            }
        }
        catch (Exception error)
        {
            log.Write($"{admission?.Session?.Name ?? "A connection"} closed: {Reason(error, peer)}");
            await EndAsync(error, admission?.Session is null, peer, abort);
        }
        finally
        {
            watch.Remove(peer);
            await CloseAsync(admission?.Session, orderly, peer);
        }
    }

    /// <summary>
    /// Reads CONNECT, and asks the services; null when the connection ended before. Nothing of CONNECT is held any longer.
    /// </summary>
    private async Task<Admission?> AdmitAsync(IFeatureCollection features, MqttPeer peer)
    {
        if (await ReadConnectAsync(peer) is not { } connect)
        {
            return null;
        }

        features.Get<ConnectLimit.Waiting>()?.Dispose();
        ConnectResult result = await ConnectAsync(connect, TakeCertificates(features), peer);
        Log(connect, result);
        if (result.Expires - clock.GetUtcNow() is { } left)
        {
            peer.ExpireAt(watch.Now + left);
        }

        if (connect.CleanSession && result.Key is { } forgotten)
        {
            sessions.Forget(forgotten);
        }

        return new Admission(result.ReturnCode, result.Session, connect.KeepAliveSeconds, connect.CleanSession ? null : result.Key);
    }

    /// <summary>
    /// Says that the device is connected and, only then (MQTT-3.2.0-1), lets it have what an earlier connection has subscribed to: all of
    /// it, as a device that renews its token does not subscribe again.
    /// </summary>
    private async Task AcceptAsync(Admission admission, IMqttSession session, MqttPeer peer)
    {
        IReadOnlyList<MqttSubscription>? kept = admission.Kept is { } key ? sessions.Find(key) : null;
        await peer.SendAsync(new ConnackPacket { ReturnCode = admission.ReturnCode, SessionPresent = kept is not null });
        foreach ((string filter, MqttQualityOfService granted) in kept ?? [])
        {
            peer.Subscribe(filter, granted);
            session.Subscribed(filter);
        }
    }

    private async Task<bool> RunAsync(Admission admission, IMqttSession session, MqttPeer peer)
    {
        try
        {
            return await new MqttConnection(peer, session, watch, admission.KeepAliveSeconds).RunAsync();
        }
        finally
        {
            if (admission.Kept is { } key)
            {
                sessions.Keep(key, peer.Subscriptions);
            }
        }
    }

    private static async Task<ConnectPacket?> ReadConnectAsync(MqttPeer peer)
    {
        MqttPacket? first = await peer.ReadAsync();
        return first is null or ConnectPacket
            ? (ConnectPacket?)first
            : throw new MqttProtocolException($"The first packet is {first.Type}, not CONNECT (MQTT-3.1.0-1).");
    }

    /// <summary>What the client sent in the handshake; the connection itself keeps it no longer.</summary>
    private static ClientCertificates? TakeCertificates(IFeatureCollection features)
    {
        var certificates = features.Get<ClientCertificates>();
        features.Set<ClientCertificates>(null);
        return certificates;
    }

    private async Task<ConnectResult> ConnectAsync(ConnectPacket connect, ClientCertificates? certificates, MqttPeer peer)
    {
        var proof = DeviceProof.Read(connect.Password, certificates);
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

    private static string Reason(Exception error, MqttPeer peer) => error switch
    {
        MqttProtocolException => error.Message,
        OperationCanceledException when peer.Ended.IsCancellationRequested => peer.AbortReason ?? "the emulator ends",
        OperationCanceledException or IOException or ObjectDisposedException => "the connection broke",
        _ => $"{error.GetType().Name}: {error.Message}",
    };

    /// <summary>Answers a CONNECT that MQTT refuses, and frees whatever waits to be sent to a device that may no longer read.</summary>
    private static async Task EndAsync(Exception error, bool connecting, MqttPeer peer, Action<string> abort)
    {
        if (error is OperationCanceledException)
        {
            abort(peer.AbortReason ?? "The emulator ends.");
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

    /// <summary>What stays of a CONNECT while its connection lasts.</summary>
    /// <param name="ReturnCode">The answer to it.</param>
    /// <param name="Session">What stands behind the connection; null when it was refused.</param>
    /// <param name="KeepAliveSeconds">What it asked for.</param>
    /// <param name="Kept">By what the session is kept; null when it is not.</param>
    private sealed record Admission(
        MqttConnectReturnCode ReturnCode, IMqttSession? Session, ushort KeepAliveSeconds, MqttSessionKey? Kept);
}
