using System.Security.Cryptography;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Faults;

/// <summary>A session as it is on a bad day.</summary>
internal sealed class FaultySession(IMqttSession inner, FaultInjection faults, string id, MqttPeer peer) : IMqttSession
{
    private const int GarbageLength = 32;

    public string Name => inner.Name;

    public bool CanSubscribe(string filter) => inner.CanSubscribe(filter);

    public void Subscribed(string filter) => inner.Subscribed(filter);

    public async ValueTask ReceiveAsync(PublishPacket message)
    {
        string? answers = GetAnswers(message.Topic);
        FaultKind[] kinds = answers is null
            ? [FaultKind.Drop, FaultKind.Delay]
            : [FaultKind.Drop, FaultKind.Delay, FaultKind.Status, FaultKind.Garbage];
        if (await faults.StrikeAsync(id, peer, kinds) is { } rule)
        {
            await AnswerAsync(rule, answers!, message.Topic);
        }
        else
        {
            await inner.ReceiveAsync(message);
        }
    }

    public ValueTask CloseAsync(bool orderly) => inner.CloseAsync(orderly);

    /// <summary>The filter of the answers to a request; null when a message is none.</summary>
    private static string? GetAnswers(string topic) =>
        topic.StartsWith("$dps/registrations/", StringComparison.Ordinal) ? DpsTopics.Answers
        : topic.StartsWith("$iothub/twin/", StringComparison.Ordinal) ? HubTopics.TwinAnswers
        : null;

    private async ValueTask AnswerAsync(FaultRule rule, string answers, string request)
    {
        PropertyBag.ParseRequest(request, out string requestId);
        int status = rule.Kind == FaultKind.Garbage ? 200 : rule.Status;
        string retry = rule.RetryAfter is { } seconds ? $"&retry-after={seconds}" : "";
        byte[] body = rule.Kind == FaultKind.Garbage
            ? RandomNumberGenerator.GetBytes(GarbageLength)
            : JsonPayload.Write(DpsError.Write((rule.Status * 1000) + 1, $"By fault rule {rule.Id}.", faults.Now));
        await peer.PublishAsync(answers, $"{answers[..^1]}{status}/{PropertyBag.ForRequest(requestId)}{retry}", body);
    }
}
