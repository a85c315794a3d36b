using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>The thread that sends PINGREQ when nothing else was sent for the keep-alive period, and closes when no answer comes.</summary>
internal sealed class KeepAlive(ClientState state, Exchange exchange)
{
    private readonly AutoResetEvent _wake = new(false);
    private AutoResetEvent _ended;

    /// <summary>Lets the thread look whether it is to go on.</summary>
    internal void Wake() => _wake.Set();

    /// <summary>
    /// Waits for the end of the thread. One waiter hears it: who waits for the same end again, waits as long as it may. Where no thread
    /// was started there is nothing to wait for.
    /// </summary>
    internal void WaitForEnd(int timeoutMilliseconds) => _ended?.WaitOne(timeoutMilliseconds);

    internal void Run(int periodMilliseconds)
    {
        var ended = new AutoResetEvent(false);
        _ended = ended;
        try
        {
            long wait = periodMilliseconds;
            while (state.IsRunning)
            {
                _wake.WaitOne((int)wait);
                if (state.IsRunning)
                {
                    long idle = Environment.TickCount64 - exchange.LastSent;
                    if (idle >= periodMilliseconds)
                    {
                        Ping(periodMilliseconds);
                        idle = 0;
                    }

                    wait = periodMilliseconds - idle;
                }
            }
        }
        finally
        {
            ended.Set();
        }
    }

    private void Ping(int timeoutMilliseconds)
    {
        try
        {
            MqttMsgBase answer = exchange.SendReceive(new MqttMsgBase(MqttMessageType.PingRequest), timeoutMilliseconds);
            if (answer.Type != MqttMessageType.PingResponse)
            {
                state.BeginClosing();
            }
        }
        catch (MqttCommunicationException)
        {
            state.BeginClosing();
        }
    }
}
