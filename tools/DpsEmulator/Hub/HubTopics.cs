using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A device's topics at the hub: the one place that reads and writes them.</summary>
internal sealed class HubTopics(string deviceId)
{
    /// <summary>The filter of answers about the twin.</summary>
    internal const string TwinAnswers = "$iothub/twin/res/#";

    /// <summary>The filter of changes of the desired properties.</summary>
    internal const string DesiredChanges = "$iothub/twin/PATCH/properties/desired/#";

    /// <summary>The filter of direct methods.</summary>
    internal const string MethodCalls = "$iothub/methods/POST/#";

    private const string GetTwin = "$iothub/twin/GET/?";
    private const string ReportProperties = "$iothub/twin/PATCH/properties/reported/?";
    private const string MethodAnswers = "$iothub/methods/res/";

    private readonly string _telemetry = $"devices/{deviceId}/messages/events/";

    /// <summary>The filter of messages to the device.</summary>
    internal string Messages { get; } = $"devices/{deviceId}/messages/devicebound/#";

    /// <summary>Whether a device may subscribe to a filter.</summary>
    internal bool IsFilter(string filter) => filter is TwinAnswers or DesiredChanges or MethodCalls || filter == Messages;

    /// <summary>Reads the topic of what the device sends.</summary>
    /// <exception cref="MqttProtocolException">It is none of this device's, or lacks its request ID or status.</exception>
    internal HubTopic Parse(string topic)
    {
        if (TryParseTelemetry(topic, out HubTopic.Telemetry? telemetry))
        {
            return telemetry;
        }

        if (topic.StartsWith(GetTwin, StringComparison.Ordinal))
        {
            PropertyBag.ParseRequest(topic, out string requestId);
            return new HubTopic.GetTwin(requestId);
        }

        if (topic.StartsWith(ReportProperties, StringComparison.Ordinal))
        {
            PropertyBag.ParseRequest(topic, out string requestId);
            return new HubTopic.ReportProperties(requestId);
        }

        return topic.StartsWith(MethodAnswers, StringComparison.Ordinal)
            ? ParseMethodAnswer(topic)
            : throw new MqttProtocolException($"The hub knows no topic '{LogText.Clean(topic)}' for this device.");
    }

    /// <summary>Reads a topic of telemetry, with or without the slash that properties follow.</summary>
    internal bool TryParseTelemetry(string topic, [NotNullWhen(true)] out HubTopic.Telemetry? telemetry)
    {
        string slashed = topic.Length == _telemetry.Length - 1 ? topic + "/" : topic;
        telemetry = slashed.StartsWith(_telemetry, StringComparison.Ordinal)
            ? new HubTopic.Telemetry(PropertyBag.Parse(slashed[_telemetry.Length..]))
            : null;
        return telemetry is not null;
    }

    /// <summary>The topic of a message to the device: what is not ASCII in it is URL-encoded, so its length is its bytes'.</summary>
    internal string ForMessage(IReadOnlyDictionary<string, string> properties) => Messages[..^1] + PropertyBag.ToText(properties);

    /// <summary>The topic of an answer about the twin.</summary>
    /// <param name="status">As in HTTP.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="version">The version of the properties that the request changed, or null.</param>
    internal static string ForTwinAnswer(int status, string requestId, long? version = null) =>
        $"{TwinAnswers[..^1]}{status}/{PropertyBag.ForRequest(requestId)}{(version is null ? "" : $"&$version={version}")}";

    /// <summary>The topic of a change of the desired properties.</summary>
    internal static string ForDesiredChange(long version) => $"{DesiredChanges[..^1]}?$version={version}";

    /// <summary>The topic of a direct method.</summary>
    internal static string ForMethodCall(string name, string requestId) =>
        $"{MethodCalls[..^1]}{Uri.EscapeDataString(name)}/{PropertyBag.ForRequest(requestId)}";

    private static HubTopic.MethodAnswer ParseMethodAnswer(string topic)
    {
        string[] parts = topic[MethodAnswers.Length..].Split('/');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out int status))
        {
            throw new MqttProtocolException($"The topic '{LogText.Clean(topic)}' has no status.");
        }

        PropertyBag.ParseRequest(topic, out string requestId);
        return new HubTopic.MethodAnswer(requestId, status);
    }
}
