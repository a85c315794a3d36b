using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>
/// The thread that sends. It goes round the queue each time something comes in, or a message has waited long enough for its answer:
/// that one is sent again, three times in all and a second apart unless the settings say otherwise, and then given up. An answer is
/// looked for at the head of those that came; one that nobody waits for is dropped at the end of a round, one a round.
/// </summary>
internal sealed class InflightSender(
    ClientState state, InflightQueue queue, Exchange exchange, Action<ClientEvent> raise, MqttSettings settings)
{
    private const int NothingToWaitFor = int.MaxValue;

    // How long the next wait is.
    private long _wait;

    // The answer that the last message saw at the head, and whether some message of this round took one.
    private MqttMsgBase _seen;
    private bool _isTaken;

    internal void Run()
    {
        int wait = Timeout.Infinite;
        while (state.IsRunning)
        {
            queue.Wait(wait);
            if (!state.IsRunning)
            {
                return;
            }

            try
            {
                wait = GoRound();
            }
            catch (Exception)
            {
                // A packet that cannot be written is no better than a broken connection: it ends the connection, silently.
                wait = Timeout.Infinite;
                state.BeginClosing();
            }
        }
    }

    /// <summary>Looks once at each message that is in the queue now.</summary>
    /// <returns>How long to wait, in milliseconds.</returns>
    private int GoRound()
    {
        _wait = NothingToWaitFor;
        _isTaken = false;
        _seen = null;
        for (int count = queue.Count; count > 0 && state.IsRunning && queue.TryTake(out MqttMsgContext context); count--)
        {
            _seen = null;
            try
            {
                Process(context);
            }
            catch
            {
                queue.Return(context);
                throw;
            }
        }

        if (_seen != null && !_isTaken)
        {
            queue.DequeueAnswer();
        }

        return _wait == NothingToWaitFor ? Timeout.Infinite : (int)_wait;
    }

    private void Process(MqttMsgContext context)
    {
        bool isIncoming = context.Flow == MqttMsgFlow.ToAcknowledge;
        switch (context.State)
        {
            case MqttMsgState.QueuedQos0 when isIncoming:
                raise(new ClientEvent(context.Message));
                break;
            case MqttMsgState.QueuedQos0:
                exchange.Send(context.Message);
                break;
            case MqttMsgState.QueuedQos1 when isIncoming:
                Reply(MqttMessageType.PublishAck, context);
                raise(new ClientEvent(context.Message));
                break;
            case MqttMsgState.QueuedQos2 when isIncoming:
                context.State = MqttMsgState.WaitForPubrel;
                Reply(MqttMessageType.PublishReceived, context);
                queue.Return(context);
                break;
            case MqttMsgState.QueuedQos1 or MqttMsgState.QueuedQos2:
                Send(context);
                break;
            case MqttMsgState.SendPubrel:
                SendPubrel(context, context.Attempt + 1);
                break;
            case MqttMsgState.WaitForPubrel:
                AwaitPubrel(context);
                break;
            default:
                AwaitAnswer(context);
                break;
        }
    }

    private void Send(MqttMsgContext context)
    {
        context.Timestamp = Environment.TickCount64;
        context.Attempt++;
        context.State = context switch
        {
            { Message: MqttMsgSubscribe } => MqttMsgState.WaitForSuback,
            { Message: MqttMsgUnsubscribe } => MqttMsgState.WaitForUnsuback,
            { State: MqttMsgState.QueuedQos1 } => MqttMsgState.WaitForPuback,
            _ => MqttMsgState.WaitForPubrec,
        };
        if (context.Attempt > 1 && context.Message is MqttMsgPublish)
        {
            context.Message.DupFlag = true;
            if (!queue.IsUnanswered(context.Message.MessageId))
            {
                // Its answer came after it was put back to be sent again, and will find nobody: the message ends without a word.
                queue.Forget(context);
                WaitAtMost(settings.DelayOnRetry);
                return;
            }
        }

        exchange.Send(context.Message);
        queue.Return(context);
        WaitAtMost(settings.DelayOnRetry);
    }

    private void SendPubrel(MqttMsgContext context, int attempt)
    {
        context.State = MqttMsgState.WaitForPubcomp;
        context.Timestamp = Environment.TickCount64;
        context.Attempt = attempt;
        Reply(MqttMessageType.PublishRelease, context);
        WaitAtMost(settings.DelayOnRetry);
        queue.Return(context);
    }

    private void AwaitPubrel(MqttMsgContext context)
    {
        if (!TryTakeAnswer(MqttMessageType.PublishRelease, context))
        {
            queue.Return(context);
            return;
        }

        Reply(MqttMessageType.PublishComplete, context);
        raise(new ClientEvent(context.Message));
        queue.Forget(context);
    }

    private void AwaitAnswer(MqttMsgContext context)
    {
        switch (context.State)
        {
            case MqttMsgState.WaitForPuback when TryTakeAnswer(MqttMessageType.PublishAck, context):
            case MqttMsgState.WaitForPubcomp when TryTakeAnswer(MqttMessageType.PublishComplete, context):
                raise(new ClientEvent(_seen));
                queue.Forget(context);
                break;
            case MqttMsgState.WaitForSuback when TryTakeAnswer(MqttMessageType.SubscribeAck, context):
            case MqttMsgState.WaitForUnsuback when TryTakeAnswer(MqttMessageType.UnsubscribeAck, context):
                raise(new ClientEvent(_seen));
                break;
            case MqttMsgState.WaitForPubrec when TryTakeAnswer(MqttMessageType.PublishReceived, context):
                SendPubrel(context, 1);
                break;
            case MqttMsgState.WaitForPubcomp when TryTakeAnswer(MqttMessageType.PublishReceived, context):
                // PUBREC of a repeated PUBLISH: PUBREL has been sent, and is sent again at the next round if need be.
                queue.Return(context);
                break;
            default:
                WaitOrRepeat(context);
                break;
        }
    }

    private void WaitOrRepeat(MqttMsgContext context)
    {
        long waited = Environment.TickCount64 - context.Timestamp;
        if (waited < settings.DelayOnRetry)
        {
            queue.Return(context);
            WaitAtMost(settings.DelayOnRetry - waited);
        }
        else if (context.Attempt < settings.AttemptsOnRetry)
        {
            context.State = context.State switch
            {
                MqttMsgState.WaitForPubrec => MqttMsgState.QueuedQos2,
                MqttMsgState.WaitForPubcomp => MqttMsgState.SendPubrel,
                _ => MqttMsgState.QueuedQos1,
            };
            queue.Return(context);
            WaitAtMost(0);
        }
        else if (context.Message is MqttMsgPublish)
        {
            // Of a SUBSCRIBE or UNSUBSCRIBE without an answer nothing is said.
            queue.Forget(context);
            raise(new ClientEvent(context.Message, IsGivenUp: true));
        }
    }

    private bool TryTakeAnswer(MqttMessageType type, MqttMsgContext context)
    {
        _seen = queue.PeekAnswer();
        if (_seen?.Type != type || _seen.MessageId != context.Message.MessageId)
        {
            return false;
        }

        queue.DequeueAnswer();
        _isTaken = true;
        return true;
    }

    private void Reply(MqttMessageType type, MqttMsgContext context) => exchange.Send(new MqttMsgBase(type, context.Message.MessageId));

    private void WaitAtMost(long milliseconds) => _wait = Math.Min(_wait, milliseconds);
}
