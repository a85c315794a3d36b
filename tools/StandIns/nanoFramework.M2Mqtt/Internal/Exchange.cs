using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>
/// Sends, and waits for the answers that are waited for: CONNACK and PINGRESP. There is one place for an answer and one for an
/// error, and whoever waits looks at the error first: one that the receiving thread meets after the answer, and before the waiting
/// thread has looked, hides the answer.
/// </summary>
internal sealed class Exchange(MqttNetworkChannel channel)
{
    private readonly object _sending = new();
    private readonly AutoResetEvent _received = new(false);
    private volatile MqttMsgBase _answer;
    private volatile Exception _error;
    private long _lastSent;

    /// <summary>When something was last sent, on the clock of <see cref="Environment.TickCount64"/>; 0 on a new connection.</summary>
    internal long LastSent
    {
        get => Volatile.Read(ref _lastSent);
        set => Volatile.Write(ref _lastSent, value);
    }

    /// <summary>Sends a packet.</summary>
    /// <exception cref="MqttClientException">The packet cannot be written.</exception>
    /// <exception cref="MqttCommunicationException">There is no connection, or it broke.</exception>
    internal void Send(MqttMsgBase message) => Send(PacketWriter.Write(message));

    /// <summary>Sends a packet and waits for the answer.</summary>
    /// <exception cref="MqttClientException">The packet cannot be written.</exception>
    /// <exception cref="MqttCommunicationException">There is no connection, or it broke, or no answer came.</exception>
    internal MqttMsgBase SendReceive(MqttMsgBase message, int timeoutMilliseconds)
    {
        byte[] bytes = PacketWriter.Write(message);
        _received.Reset();
        Send(bytes);
        if (!_received.WaitOne(timeoutMilliseconds))
        {
            throw new MqttCommunicationException();
        }

        return _error == null ? _answer : throw _error;
    }

    /// <summary>An answer came; it is seen when <see cref="Release"/> is called.</summary>
    internal void Answer(MqttMsgBase message) => _answer = message;

    /// <summary>Something went wrong; it is seen when <see cref="Release"/> is called, or something else is answered.</summary>
    internal void Fail(Exception error) => _error = error;

    /// <summary>A packet was received in order: errors are forgotten.</summary>
    internal void Succeed() => _error = null;

    /// <summary>Lets go who waits.</summary>
    internal void Release() => _received.Set();

    private void Send(byte[] bytes)
    {
        try
        {
            lock (_sending)
            {
                channel.Send(bytes);
            }

            LastSent = Environment.TickCount64;
        }
        catch (Exception error)
        {
            throw new MqttCommunicationException(error);
        }
    }
}
