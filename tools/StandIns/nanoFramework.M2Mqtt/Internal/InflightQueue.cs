using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>
/// What is to be sent, what was sent and waits for an answer, and the answers that came. <see cref="InflightSender"/> works on it;
/// a message that it has in hand is not in the queue meanwhile, and an answer that comes just then finds no message.
/// </summary>
internal sealed class InflightQueue(Exchange exchange, MqttSettings settings)
{
    private readonly object _gate = new();
    private readonly Queue<MqttMsgContext> _inflight = new();
    private readonly Queue<MqttMsgBase> _answers = new();
    private readonly HashSet<ushort> _unanswered = [];
    private readonly AutoResetEvent _wake = new(false);
    private Dictionary<(MqttMsgFlow Flow, ushort MessageId), MqttMsgContext> _session;

    /// <summary>How many messages are in the queue.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _inflight.Count;
            }
        }
    }

    /// <summary>Adds a message; one of QoS 2 that the server repeats is only acknowledged again.</summary>
    /// <returns>Whether it is in the queue; not, when the queue is full.</returns>
    internal bool Add(MqttMsgBase message, MqttMsgFlow flow)
    {
        try
        {
            return TryAdd(message, flow);
        }
        finally
        {
            _wake.Set();
        }
    }

    /// <summary>Adds what the server answered.</summary>
    internal void AddAnswer(MqttMsgBase answer)
    {
        lock (_gate)
        {
            _unanswered.Remove(answer.MessageId);
        }

        switch (answer.Type)
        {
            case MqttMessageType.PublishRelease when Find(answer.MessageId, MqttMsgFlow.ToAcknowledge) == null:
                exchange.Send(new MqttMsgBase(MqttMessageType.PublishComplete, answer.MessageId));
                return;
            case MqttMessageType.PublishReceived or MqttMessageType.PublishComplete
                when Find(answer.MessageId, MqttMsgFlow.ToPublish) == null:
                return;
        }

        lock (_gate)
        {
            _answers.Enqueue(answer);
        }

        _wake.Set();
    }

    /// <summary>Begins a session anew, or goes on with the one that was kept: what was in flight is in flight again.</summary>
    internal void OpenSession(bool isClean)
    {
        lock (_gate)
        {
            if (isClean)
            {
                _session?.Clear();
            }
            else if (_session == null)
            {
                _session = [];
            }
            else
            {
                Restore();
            }
        }

        _wake.Set();
    }

    /// <summary>Forgets a message that a kept session would send again.</summary>
    internal void Forget(MqttMsgContext context)
    {
        lock (_gate)
        {
            _session?.Remove(context.Key);
        }
    }

    /// <summary>Forgets all but what a kept session would send again.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _inflight.Clear();
            _answers.Clear();
            _unanswered.Clear();
        }
    }

    /// <summary>Ends a <see cref="Wait"/>.</summary>
    internal void Wake() => _wake.Set();

    /// <summary>Waits for something new.</summary>
    internal void Wait(int milliseconds) => _wake.WaitOne(milliseconds);

    /// <summary>Takes the message that is first.</summary>
    internal bool TryTake(out MqttMsgContext context)
    {
        lock (_gate)
        {
            return _inflight.TryDequeue(out context);
        }
    }

    /// <summary>Puts a message back, at the end.</summary>
    internal void Return(MqttMsgContext context)
    {
        lock (_gate)
        {
            _inflight.Enqueue(context);
        }
    }

    /// <summary>The answer that came first, or null. As long as it is not taken, the others stay behind it.</summary>
    internal MqttMsgBase PeekAnswer()
    {
        lock (_gate)
        {
            return _answers.TryPeek(out MqttMsgBase answer) ? answer : null;
        }
    }

    /// <summary>Removes the answer that came first.</summary>
    internal void DequeueAnswer()
    {
        lock (_gate)
        {
            _answers.TryDequeue(out _);
        }
    }

    /// <summary>Whether no answer has come to a message.</summary>
    internal bool IsUnanswered(ushort messageId)
    {
        lock (_gate)
        {
            return _unanswered.Contains(messageId);
        }
    }

    private static MqttMsgState InitialState(MqttMsgBase message) => message switch
    {
        MqttMsgSubscribe or MqttMsgUnsubscribe => MqttMsgState.QueuedQos1,
        { QosLevel: MqttQoSLevel.AtLeastOnce } => MqttMsgState.QueuedQos1,
        { QosLevel: MqttQoSLevel.ExactlyOnce } => MqttMsgState.QueuedQos2,
        _ => MqttMsgState.QueuedQos0,
    };

    private bool TryAdd(MqttMsgBase message, MqttMsgFlow flow)
    {
        if (message.QosLevel == MqttQoSLevel.ExactlyOnce && Find(message.MessageId, MqttMsgFlow.ToAcknowledge) is { } repeated)
        {
            repeated.State = MqttMsgState.QueuedQos2;
            return false;
        }

        var context = new MqttMsgContext(message, flow) { State = InitialState(message), Timestamp = Environment.TickCount64 };
        bool isKept = message is MqttMsgPublish && context.State != MqttMsgState.QueuedQos0;
        lock (_gate)
        {
            if (isKept && flow == MqttMsgFlow.ToPublish)
            {
                _unanswered.Add(message.MessageId);
            }

            if (_inflight.Count >= settings.InflightQueueSize)
            {
                return false;
            }

            _inflight.Enqueue(context);

            // QoS 1 that comes in is answered and done with.
            if (isKept && (flow == MqttMsgFlow.ToPublish || context.State == MqttMsgState.QueuedQos2))
            {
                _session?.Add(context.Key, context);
            }

            return true;
        }
    }

    private MqttMsgContext Find(ushort messageId, MqttMsgFlow flow)
    {
        lock (_gate)
        {
            return _inflight.FirstOrDefault(
                context => context.Message is MqttMsgPublish && context.Message.MessageId == messageId && context.Flow == flow);
        }
    }

    private void Restore()
    {
        foreach (MqttMsgContext context in _session.Values)
        {
            context.State = context.State switch
            {
                MqttMsgState.WaitForPuback => MqttMsgState.QueuedQos1,
                MqttMsgState.WaitForPubrec => MqttMsgState.QueuedQos2,
                MqttMsgState.WaitForPubcomp => MqttMsgState.SendPubrel,
                MqttMsgState other => other,
            };
            Return(context);
        }
    }
}
