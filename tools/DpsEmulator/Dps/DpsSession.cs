using System.Diagnostics;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Dps;

/// <summary>A device's connection to DPS: its two requests, and their answers.</summary>
internal sealed class DpsSession(DpsRegistrations registrations, DpsUserName name, DeviceProof proof, MqttPeer peer) : IMqttSession
{
    public string Name { get; } = $"DPS: {LogText.Clean(name.RegistrationId)}";

    public bool CanSubscribe(string filter) => filter == DpsTopics.Answers;

    public void Subscribed(string filter)
    {
    }

    public async ValueTask ReceiveAsync(PublishPacket message)
    {
        (string requestId, DpsAnswer answer) = DpsTopics.Parse(message.Topic) switch
        {
            DpsTopic.Register register => (register.RequestId, registrations.Register(name, proof, message.Payload.Span)),
            DpsTopic.GetStatus status => (status.RequestId, registrations.GetStatus(name, proof, status.OperationId)),
            _ => throw new UnreachableException(),
        };
        await peer.PublishAsync(DpsTopics.Answers, DpsTopics.ForAnswer(requestId, answer), JsonPayload.Write(answer.Body));
    }

    public ValueTask CloseAsync(bool orderly) => ValueTask.CompletedTask;
}
