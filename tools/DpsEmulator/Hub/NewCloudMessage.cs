using System.Text;

namespace DevKit.DpsEmulator.Hub;

/// <summary>A message that the cloud sends to a device.</summary>
internal sealed record NewCloudMessage
{
    /// <summary>The longest message, bytes of its payload and its properties' names and values.</summary>
    private const int MaximumLength = 64 * 1024;

    /// <summary>Its name, which feedback repeats.</summary>
    internal string MessageId { get; init; } = Guid.NewGuid().ToString("D");

    /// <summary>The properties that the hub knows, by their names in a topic, such as <c>$.cid</c>.</summary>
    internal IReadOnlyDictionary<string, string> SystemProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>The sender's own properties.</summary>
    internal IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>The message.</summary>
    internal byte[] Payload { get; init; } = [];

    /// <summary>Of what end its sender wants to hear.</summary>
    internal MessageAck Ack { get; init; }

    /// <summary>When it is dead-lettered if the device has not got it; null for the hub's standard.</summary>
    internal DateTimeOffset? Expires { get; init; }

    /// <summary>What stands in its topic.</summary>
    internal Dictionary<string, string> GetTopicProperties(string deviceId)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["$.to"] = $"/devices/{deviceId}/messages/deviceBound",
            ["$.mid"] = MessageId,
        };
        foreach ((string name, string value) in SystemProperties.Concat(Properties))
        {
            all[name] = value;
        }

        if (Ack != MessageAck.None)
        {
            all["iothub-ack"] = Ack.ToString().ToLowerInvariant();
        }

        return all;
    }

    /// <summary>Refuses a message that is too long for a hub, or for a topic.</summary>
    /// <exception cref="HubException">It is.</exception>
    internal void Validate(string deviceId)
    {
        int length = Payload.Length + Properties.Sum(
            property => Encoding.UTF8.GetByteCount(property.Key) + Encoding.UTF8.GetByteCount(property.Value));
        if (length > MaximumLength)
        {
            throw new HubException(
                HubErrorCode.MessageTooLarge, $"The message has {length} bytes with its properties, {MaximumLength} are allowed.");
        }

        int topic = new HubTopics(deviceId).ForMessage(GetTopicProperties(deviceId)).Length;
        if (topic > ushort.MaxValue)
        {
            throw HubException.Invalid(
                $"The properties are too long: URL-encoded, with the rest of the topic, they have {topic} bytes, "
                + $"and {ushort.MaxValue} are allowed.");
        }
    }
}
