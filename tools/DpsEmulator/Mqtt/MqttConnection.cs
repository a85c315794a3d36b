using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>
/// A connection with a session. What DPS and hub have in common is here: QoS 0 and 1 only, a QoS 2 subscription granted 1,
/// at most 1177 seconds of keep-alive, and 1.5 times that until a silent device is dropped.
/// </summary>
internal sealed class MqttConnection(MqttPeer peer, IMqttSession session, MqttWatch watch, ushort keepAliveSeconds)
{
    /// <summary>The longest keep-alive that a hub keeps to, seconds; 0, which would turn it off, counts as this.</summary>
    private const int MaximumKeepAlive = 1177;

    /// <summary>After how long a silent device is dropped (MQTT-3.1.2-24).</summary>
    private readonly TimeSpan _timeout =
        TimeSpan.FromSeconds(1.5 * (keepAliveSeconds is 0 or > MaximumKeepAlive ? MaximumKeepAlive : keepAliveSeconds));

    private bool _disconnected;

    /// <summary>Handles packets until the device disconnects or closes the connection.</summary>
    /// <returns>Whether it sent DISCONNECT.</returns>
    internal async Task<bool> RunAsync()
    {
        RestartTimer();
        while (!_disconnected && await peer.ReadAsync() is { } packet)
        {
            RestartTimer();
            await HandleAsync(packet);
        }

        return _disconnected;
    }

    private void RestartTimer() => peer.ExpectPacketUntil(watch.Now + _timeout);

    private async ValueTask HandleAsync(MqttPacket packet)
    {
        switch (packet)
        {
            case PublishPacket { QualityOfService: MqttQualityOfService.ExactlyOnce }:
                throw new MqttProtocolException("PUBLISH with QoS 2: Azure takes QoS 0 and 1.");
            case PublishPacket publish:
                await session.ReceiveAsync(publish);
                if (publish.PacketId != 0)
                {
                    await peer.SendAsync(new PubackPacket { PacketId = publish.PacketId });
                }

                break;
            case PubackPacket puback:
                peer.Acknowledge(puback.PacketId);
                break;
            case SubscribePacket subscribe:
                await SubscribeAsync(subscribe);
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
            case DisconnectPacket:
                _disconnected = true;
                break;
            default:
                throw new MqttProtocolException($"{packet.Type} is not expected here.");
        }
    }

    private async ValueTask SubscribeAsync(SubscribePacket packet)
    {
        var codes = new List<MqttSubscribeReturnCode>();
        foreach ((string filter, MqttQualityOfService wanted) in packet.Subscriptions)
        {
            bool allowed = session.CanSubscribe(filter);
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
            session.Subscribed(subscription.Filter);
        }
    }
}
