using System.Text;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Dps;

/// <summary>A device's connection to DPS: the two requests by topic, and their answers.</summary>
internal sealed class DpsSession(DpsRegistrations registrations, DpsUserName name, DeviceProof shown, MqttPeer peer) : IMqttSession
{
    private const string Answers = "$dps/registrations/res/#";
    private const string RegisterTopic = "$dps/registrations/PUT/iotdps-register/?";
    private const string StatusTopic = "$dps/registrations/GET/iotdps-get-operationstatus/?";

    public string Name => $"DPS: {name.RegistrationId}";

    public void Opened()
    {
    }

    public bool Allows(string filter) => filter == Answers;

    public ValueTask SubscribedAsync(string filter, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask ReceiveAsync(PublishPacket message, CancellationToken cancellationToken)
    {
        if (message.Topic.StartsWith(RegisterTopic, StringComparison.Ordinal))
        {
            string requestId = Parameters(message.Topic, out _);
            await AnswerAsync(requestId, registrations.Register(name, shown, message.Payload.Span));
        }
        else if (message.Topic.StartsWith(StatusTopic, StringComparison.Ordinal))
        {
            string requestId = Parameters(message.Topic, out Dictionary<string, string> parameters);
            string operationId = parameters.GetValueOrDefault("operationId", "");
            await AnswerAsync(requestId, registrations.Status(name, shown, operationId));
        }
        else
        {
            throw new MqttProtocolException($"DPS knows no topic '{message.Topic}'.");
        }
    }

    public void Closed(bool orderly)
    {
    }

    private static string Parameters(string topic, out Dictionary<string, string> parameters)
    {
        parameters = PropertyBag.Parse(topic[(topic.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        return parameters.TryGetValue("$rid", out string? requestId) && requestId.Length > 0
            ? requestId
            : throw new MqttProtocolException($"The topic '{topic}' has no $rid.");
    }

    private async ValueTask AnswerAsync(string requestId, DpsAnswer answer)
    {
        string topic = $"$dps/registrations/res/{answer.Status}/?$rid={Uri.EscapeDataString(requestId)}";
        if (answer.RetryAfter is { } seconds)
        {
            topic += $"&retry-after={seconds}";
        }

        await peer.PublishAsync(Answers, topic, Encoding.UTF8.GetBytes(answer.Body.ToJsonString()));
    }
}
