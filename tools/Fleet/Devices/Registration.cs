using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DevKit.Mqtt;

namespace DevKit.Fleet.Devices;

/// <summary>A device's registration at DPS.</summary>
internal static partial class Registration
{
    private const string Answers = "$dps/registrations/res/#";

    /// <summary>Registers to the end, as slowly as DPS asks for.</summary>
    /// <returns>The hub, and the device's name there.</returns>
    /// <exception cref="DeviceFailureException">DPS refuses.</exception>
    internal static async Task<(string Hub, string DeviceId)> RunAsync(
        MqttLink link, string idScope, string registrationId, CancellationToken cancellation)
    {
        await link.ConnectAsync(registrationId, $"{idScope}/registrations/{registrationId}/api-version=2019-03-31", cancellation);
        await link.SubscribeAsync(Answers, cancellation);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { registrationId });
        string topic = "$dps/registrations/PUT/iotdps-register/?$rid=1";
        while (true)
        {
            PublishPacket answer = await link.RequestAsync(topic, body, cancellation);
            Match match = AnswerTopic().Match(answer.Topic);
            using var json = JsonDocument.Parse(answer.Payload);
            switch (match.Groups["status"].Value)
            {
                case "200" when Find(json.RootElement, "status") == "assigned":
                    JsonElement state = json.RootElement.GetProperty("registrationState");
                    return (Find(state, "assignedHub")!, Find(state, "deviceId")!);
                case "202":
                    topic = "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId="
                        + Find(json.RootElement, "operationId");
                    body = [];
                    break;
                case "429":
                    break;
                default:
                    throw new DeviceFailureException(
                        $"DPS answers {match.Groups["status"].Value}, "
                        + $"{Find(json.RootElement, "message") ?? Find(json.RootElement, "status")}");
            }

            await Task.Delay(RetryAfter(match), cancellation);
        }
    }

    private static TimeSpan RetryAfter(Match match) =>
        match.Groups["after"].Success
            ? TimeSpan.FromSeconds(int.Parse(match.Groups["after"].ValueSpan, CultureInfo.InvariantCulture))
            : default;

    private static string? Find(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;

    [GeneratedRegex(@"^\$dps/registrations/res/(?<status>\d+)/\?\$rid=\d(&retry-after=(?<after>\d{1,4}))?$")]
    private static partial Regex AnswerTopic();
}
