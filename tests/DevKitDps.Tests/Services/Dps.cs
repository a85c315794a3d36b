using System.Buffers;
using System.Text;
using System.Text.Json;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace DevKit.Dps.Tests.Services;

/// <summary>What the provisioning service says.</summary>
internal static class Dps
{
    internal const string Assigning = """{"operationId":"5.op","status":"assigning"}""";

    /// <summary>Accepts a device, and its subscription.</summary>
    internal static async Task<ServiceConnection> AcceptDeviceAsync(this ScriptedService service)
    {
        ServiceConnection connection = await service.AcceptAsync();
        await connection.GreetAsync();
        await connection.GrantAsync();
        return connection;
    }

    /// <summary>Registers the device that comes, at a hub; returns its request.</summary>
    internal static async Task<JsonElement> AssignAsync(this ScriptedService service, string hub, string deviceId)
    {
        using ServiceConnection connection = await service.AcceptDeviceAsync();
        JsonElement request = await connection.AnswerAsync(
            200, "", $$$"""{"status":"assigned","registrationState":{"assignedHub":"{{{hub}}}","deviceId":"{{{deviceId}}}"}}""");
        await connection.ExpectEndAsync();
        return request;
    }

    /// <summary>Answers CONNECT.</summary>
    internal static async Task<MqttConnectPacket> GreetAsync(
        this ServiceConnection connection, MqttConnectReturnCode code = MqttConnectReturnCode.ConnectionAccepted)
    {
        MqttConnectPacket connect = await connection.ReceiveAsync<MqttConnectPacket>();
        await connection.SendAsync(new MqttConnAckPacket { ReturnCode = code });
        return connect;
    }

    /// <summary>Answers SUBSCRIBE; returns the filters.</summary>
    internal static async Task<string[]> GrantAsync(
        this ServiceConnection connection, MqttSubscribeReasonCode code = MqttSubscribeReasonCode.GrantedQoS1)
    {
        MqttSubscribePacket subscribe = await connection.ReceiveAsync<MqttSubscribePacket>();
        await connection.SendAsync(new MqttSubAckPacket
        {
            PacketIdentifier = subscribe.PacketIdentifier,
            ReasonCodes = [.. subscribe.TopicFilters.Select(_ => code)],
        });
        return [.. subscribe.TopicFilters.Select(filter => filter.Topic)];
    }

    /// <summary>Answers the device's next request; returns the request's JSON, which a question has none of.</summary>
    internal static async Task<JsonElement> AnswerAsync(this ServiceConnection connection, int status, string fields, string json)
    {
        MqttPublishPacket request = await connection.ReceiveAsync<MqttPublishPacket>(
            packet => packet.Topic.StartsWith("$dps/registrations/", StringComparison.Ordinal));
        await connection.SendAsync($"$dps/registrations/res/{status}/?$rid={RequestIdOf(request.Topic)}{fields}", json);
        string body = Encoding.UTF8.GetString(request.Payload.ToArray());
        return string.IsNullOrWhiteSpace(body) ? default : JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Sends a message to the device.</summary>
    internal static Task SendAsync(this ServiceConnection connection, string topic, string body) =>
        connection.SendAsync(new MqttPublishPacket { Topic = topic, Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)) });

    /// <summary>
    /// Sends a message to the device, again if need be, until it has acknowledged it: then it has all that it took of what was sent before.
    /// A client whose queue is full takes nothing, and acknowledges nothing.
    /// </summary>
    internal static async Task SendAcknowledgedAsync(this ServiceConnection connection, string topic, string body)
    {
        const ushort Id = 7;
        Task acknowledged = connection.ReceiveAsync<MqttPubAckPacket>(packet => packet.PacketIdentifier == Id);
        while (!acknowledged.IsCompleted)
        {
            await connection.SendAsync(new MqttPublishPacket
            {
                Topic = topic,
                Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                PacketIdentifier = Id,
            });
            await Task.WhenAny(acknowledged, Task.Delay(TimeSpan.FromSeconds(1)));
        }

        await acknowledged;
    }

    /// <summary>The request that a topic names.</summary>
    internal static string RequestIdOf(string topic) => topic[(topic.IndexOf("$rid=", StringComparison.Ordinal) + 5)..].Split('&')[0];
}
