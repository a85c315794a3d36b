using System.Threading.Channels;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>
/// Delivers over one connection what waits for its device, oldest first, each message once. What the device does not acknowledge
/// stays in the store, and what there is no room for at the peer waits there.
/// </summary>
internal sealed class MessageDelivery(string deviceId, CloudMessageStore messages, MqttPeer peer, EventLog log)
{
    private readonly HubTopics _topics = new(deviceId);
    private readonly Channel<bool> _wanted =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private long _delivered;

    /// <summary>There may be something to deliver: a message came, or the device has subscribed.</summary>
    internal void Request() => _wanted.Writer.TryWrite(true);

    /// <summary>Delivers until the connection ends.</summary>
    internal async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _wanted.Reader.ReadAsync(peer.Ended);
                await DeliverAsync();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The connection is gone; what was not acknowledged is delivered over the next one.
        }
        catch (Exception error)
        {
            peer.Abort($"{error.GetType().Name}: {error.Message}");
        }
    }

    private async Task DeliverAsync()
    {
        foreach (CloudMessage message in messages.After(deviceId, _delivered))
        {
            try
            {
                string topic = _topics.ForMessage(message.Properties);
                if (!await peer.DeliverAsync(_topics.Messages, topic, message.Payload, () => messages.Remove(message.Sequence)))
                {
                    return;
                }
            }
            catch (Exception error) when (error is ArgumentException or MqttProtocolException)
            {
                log.Write($"Hub: message {message.Sequence} to {deviceId} cannot be sent and is dropped: {error.Message}");
                messages.Remove(message.Sequence);
            }

            _delivered = message.Sequence;
        }
    }
}
