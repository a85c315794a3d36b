using System.Buffers;
using System.Text;
using System.Text.Json;
using MQTTnet.Packets;

namespace DevKit.Dps.Tests.Services;

/// <summary>What a hub says.</summary>
internal static class Hub
{
    private const string Twin = """{"desired":{"$version":1},"reported":{"$version":1}}""";

    /// <summary>Accepts a device, its subscriptions, and what it does first: it asks for the twin and reports.</summary>
    internal static async Task<ServiceConnection> WelcomeAsync(this ScriptedService hub, string twin = Twin)
    {
        ServiceConnection connection = await hub.AcceptDeviceAsync();
        await connection.AnswerTwinAsync(twin);
        await connection.ReceiveReportAsync();
        return connection;
    }

    /// <summary>Answers the device's next request for its twin.</summary>
    internal static async Task AnswerTwinAsync(this ServiceConnection connection, string twin)
    {
        MqttPublishPacket request = await connection.ReceiveAsync<MqttPublishPacket>(
            packet => packet.Topic.StartsWith("$iothub/twin/GET/", StringComparison.Ordinal));
        await connection.SendAsync($"$iothub/twin/res/200/?$rid={Dps.RequestIdOf(request.Topic)}", twin);
    }

    /// <summary>Takes the device's next report.</summary>
    internal static async Task<JsonElement> ReceiveReportAsync(this ServiceConnection connection)
    {
        MqttPublishPacket report = await connection.ReceiveAsync<MqttPublishPacket>(
            packet => packet.Topic.StartsWith("$iothub/twin/PATCH/properties/reported/", StringComparison.Ordinal));
        await connection.SendAsync($"$iothub/twin/res/204/?$rid={Dps.RequestIdOf(report.Topic)}&$version=2", "");
        return Parse(report);
    }

    /// <summary>Takes the device's next telemetry message.</summary>
    internal static async Task<JsonElement> ReceiveTelemetryAsync(this ServiceConnection connection) =>
        Parse(await connection.ReceiveAsync<MqttPublishPacket>(IsTelemetry));

    /// <summary>Whether a packet is telemetry.</summary>
    internal static bool IsTelemetry(MqttPublishPacket packet) => packet.Topic.Contains("/messages/events/", StringComparison.Ordinal);

    /// <summary>Calls a method; returns the answer's status and content.</summary>
    internal static async Task<(int Status, JsonElement Body)> InvokeAsync(
        this ServiceConnection connection, string name, string payload, string requestId = "m1")
    {
        await connection.SendAsync($"$iothub/methods/POST/{name}/?$rid={requestId}", payload);
        return await connection.ReceiveAnswerAsync(requestId);
    }

    /// <summary>Takes the answer to a method.</summary>
    internal static async Task<(int Status, JsonElement Body)> ReceiveAnswerAsync(this ServiceConnection connection, string requestId)
    {
        MqttPublishPacket answer = await connection.ReceiveAsync<MqttPublishPacket>(
            packet => packet.Topic.StartsWith("$iothub/methods/res/", StringComparison.Ordinal)
            && Dps.RequestIdOf(packet.Topic) == requestId);
        return (int.Parse(answer.Topic.Split('/')[3], System.Globalization.CultureInfo.InvariantCulture), Parse(answer));
    }

    /// <summary>Changes the desired properties.</summary>
    internal static Task DesireAsync(this ServiceConnection connection, int version, string patch) =>
        connection.SendAsync($"$iothub/twin/PATCH/properties/desired/?$version={version}", patch);

    private static JsonElement Parse(MqttPublishPacket packet) =>
        JsonDocument.Parse(Encoding.UTF8.GetString(packet.Payload.ToArray())).RootElement;
}
