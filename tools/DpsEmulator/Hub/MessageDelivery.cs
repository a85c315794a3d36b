using System.Collections.Concurrent;
using System.Threading.Channels;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>
/// Delivers over one connection what waits for its device, oldest first. What the device does not acknowledge within a minute is
/// delivered again, and what there is no room for at the peer waits in the store.
/// </summary>
internal sealed class MessageDelivery(DeviceAddress device, CloudMessageStore messages, MqttPeer peer, EventLog log, TimeProvider clock)
{
    private readonly HubTopics _topics = new(device.DeviceId);
    private readonly ConcurrentDictionary<long, ITimer> _unacknowledged = new();
    private readonly Channel<bool> _wanted =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be something to deliver: a message came, a lock has ended, or the device has subscribed.</summary>
    internal void Request() => _wanted.Writer.TryWrite(true);

    /// <summary>Delivers until the connection ends; what the device then has not acknowledged is abandoned.</summary>
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
        finally
        {
            foreach (long sequence in _unacknowledged.Keys)
            {
                if (TryForget(sequence))
                {
                    messages.Abandon(sequence);
                }
            }
        }
    }

    private async Task DeliverAsync()
    {
        while (peer.HasSubscribed(_topics.Messages) && messages.Lock(device) is { } message)
        {
            try
            {
                Remember(message.Sequence);
                string topic = _topics.ForMessage(message.Properties);
                if (!await peer.DeliverAsync(_topics.Messages, topic, message.Payload, () => Complete(message.Sequence)))
                {
                    TryForget(message.Sequence);
                    messages.Release(message.Sequence);
                    return;
                }
            }
            catch (Exception error) when (error is ArgumentException or MqttProtocolException)
            {
                log.Write($"Hub: message {message.Sequence} to {device.DeviceId} cannot be sent and is dropped: {error.Message}");
                TryForget(message.Sequence);
                messages.Reject(message.Sequence);
            }
        }
    }

    private void Complete(long sequence)
    {
        TryForget(sequence);
        messages.Complete(sequence);
    }

    private void Remember(long sequence)
    {
        TryForget(sequence);
        _unacknowledged[sequence] =
            clock.CreateTimer(_ => Request(), null, CloudMessageStore.LockDuration, Timeout.InfiniteTimeSpan);
    }

    private bool TryForget(long sequence)
    {
        bool known = _unacknowledged.TryRemove(sequence, out ITimer? timer);
        timer?.Dispose();
        return known;
    }
}
