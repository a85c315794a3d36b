using System.Buffers;
using System.Net;
using System.Text;
using System.Threading.Channels;
using DevKit.Support.Servers;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace DevKit.Dps.Tests.Mosquitto;

/// <summary>The side of the cloud at a broker: it hears all that devices send, and sends what a hub would.</summary>
internal sealed class HubService : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttApplicationMessage> _received = Channel.CreateUnbounded<MqttApplicationMessage>();

    private HubService() => _client.ApplicationMessageReceivedAsync += received =>
    {
        _received.Writer.TryWrite(received.ApplicationMessage);
        return Task.CompletedTask;
    };

    /// <summary>Connects, and returns when the broker has the subscriptions.</summary>
    internal static async Task<HubService> ConnectAsync(int port)
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        var service = new HubService();
        await service._client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithProtocolVersion(MqttProtocolVersion.V311)
                .WithEndPoint(new IPEndPoint(IPAddress.Loopback, port))
                .Build(),
            limit.Token);
        foreach (string filter in new[] { "devices/+/messages/events/#", "$iothub/methods/res/#", "$iothub/twin/GET/#" })
        {
            await service._client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, limit.Token);
        }

        return service;
    }

    /// <summary>The next message of a device.</summary>
    internal async Task<(string Topic, string Body)> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        MqttApplicationMessage message = await _received.Reader.ReadAsync(limit.Token);
        return (message.Topic, Encoding.UTF8.GetString(message.Payload.ToArray()));
    }

    /// <summary>Sends a message, and returns when the broker has it.</summary>
    internal async Task SendAsync(string topic, string body)
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        await _client.PublishStringAsync(topic, body, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: limit.Token);
    }

    public void Dispose() => _client.Dispose();
}
