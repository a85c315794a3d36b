using System.Net.Sockets;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>The thread that receives. Of all that can go wrong, only a lost connection and wrong flags make it close.</summary>
internal sealed class Receiver(
    MqttNetworkChannel channel, ClientState state, Exchange exchange, InflightQueue inflight, Action<MqttMsgConnack> opened)
{
    internal void Run()
    {
        byte[] first = new byte[1];
        while (state.IsRunning)
        {
            try
            {
                if (channel.Receive(first) > 0)
                {
                    Handle(PacketReader.Read(first[0], channel));
                    exchange.Succeed();
                }
                else
                {
                    OnEnd();
                }
            }
            catch (Exception error)
            {
                exchange.Fail(new MqttCommunicationException(error));
                if (IsFatal(error))
                {
                    state.BeginClosing();
                    exchange.Release();
                }
            }
        }
    }

    private void Handle(MqttMsgBase message)
    {
        switch (message)
        {
            case MqttMsgConnack connack:
                exchange.Answer(connack);
                opened(connack);
                exchange.Release();
                break;
            case { Type: MqttMessageType.PingResponse }:
                exchange.Answer(message);
                exchange.Release();
                break;
            case MqttMsgPublish:
                inflight.Add(message, MqttMsgFlow.ToAcknowledge);
                break;
            default:
                inflight.AddAnswer(message);
                break;
        }
    }

    private void OnEnd()
    {
        exchange.Fail(new MqttCommunicationException());
        state.BeginClosing();
        exchange.Release();

        // The device's thread asks the ended connection again and again until the client is closed; a PC's need not be that eager.
        Thread.Sleep(1);
    }

    private static bool IsFatal(Exception error) => error switch
    {
        MqttClientException refused => refused.ErrorCode == MqttClientErrorCode.InvalidFlagBits,
        IOException or SocketException => true,
        _ => error.InnerException is SocketException,
    };
}
