using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DevKit.DpsEmulator.Tests.Support;
using MQTTnet.Protocol;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Mqtt;

/// <summary>
/// How a connection ends, with MQTTnet as the device: what it sent before it closed is read to its end (MQTT-3.14.4-3).
/// </summary>
[TestClass]
public sealed class DisconnectTests
{
    [TestMethod]
    public async Task What_came_before_DISCONNECT_and_close_arrives_and_no_will_with_it()
    {
        const int Times = 300;
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        for (int i = 0; i < Times; i++)
        {
            using MqttNetDevice device = await MqttNetDevice.ConnectAsync(cloud, Id, UserName, certificate, willTopic: EventsTopic);
            await device.PublishAsync(EventsTopic, $"{i}", MqttQualityOfServiceLevel.AtMostOnce);
            await device.DisconnectAsync();
        }

        string[] expected = Enumerable.Range(0, Times).Select(i => $"{i}").ToArray();
        CollectionAssert.AreEqual(expected, await ReadAsync(cloud, Times));
    }

    [TestMethod]
    public async Task A_connection_that_is_reset_leaves_a_will_each_time()
    {
        const int Times = 20;
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        await using Cloud cloud = await Provisioning.StartAsync(certificate, Id);
        for (int i = 0; i < Times; i++)
        {
            using MqttNetDevice device = await MqttNetDevice.ConnectAsync(cloud, Id, UserName, certificate, willTopic: EventsTopic);
            device.Reset();
            Assert.HasCount(i + 1, await ReadAsync(cloud, i + 1));
        }

        CollectionAssert.AreEqual(Enumerable.Repeat("gone", Times).ToArray(), await ReadAsync(cloud, Times));
        Assert.AreEqual(Times, Regex.Count(cloud.Log, "the connection broke"), cloud.Log);
    }

    /// <summary>The texts of all messages, when there are so many.</summary>
    private static async Task<string[]> ReadAsync(Cloud cloud, int count)
    {
        var texts = new List<string>();
        long after = 0;
        while (texts.Count < count)
        {
            JsonNode page = await cloud.GetTelemetryAsync(Id, $"limit=1000&wait=60&after={after}");
            JsonArray messages = page["messages"]!.AsArray();
            Assert.IsNotEmpty(messages, $"{texts.Count} of {count} messages came. {cloud.Log}");
            texts.AddRange(messages.Select(message => (string)message!["text"]!));
            after = (long)page["last"]!;
        }

        return [.. texts];
    }
}
