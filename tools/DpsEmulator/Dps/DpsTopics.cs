using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Dps;

/// <summary>The topics of DPS: the one place that reads and writes them.</summary>
internal static class DpsTopics
{
    /// <summary>The filter of the answers.</summary>
    internal const string Answers = "$dps/registrations/res/#";

    private const string Register = "$dps/registrations/PUT/iotdps-register/?";
    private const string GetStatus = "$dps/registrations/GET/iotdps-get-operationstatus/?";

    /// <summary>Reads the topic of a request.</summary>
    /// <exception cref="MqttProtocolException">It is none, or has no request ID.</exception>
    internal static DpsTopic Parse(string topic)
    {
        if (topic.StartsWith(Register, StringComparison.Ordinal))
        {
            PropertyBag.ParseRequest(topic, out string requestId);
            return new DpsTopic.Register(requestId);
        }

        if (topic.StartsWith(GetStatus, StringComparison.Ordinal))
        {
            Dictionary<string, string> properties = PropertyBag.ParseRequest(topic, out string requestId);
            return new DpsTopic.GetStatus(requestId, properties.GetValueOrDefault("operationId", ""));
        }

        throw new MqttProtocolException($"DPS knows no topic '{LogText.Clean(topic)}'.");
    }

    /// <summary>The topic of an answer.</summary>
    internal static string ForAnswer(string requestId, DpsAnswer answer)
    {
        string topic = $"{Answers[..^1]}{answer.Status}/{PropertyBag.ForRequest(requestId)}";
        return answer.RetryAfter is { } seconds ? $"{topic}&retry-after={seconds}" : topic;
    }
}
