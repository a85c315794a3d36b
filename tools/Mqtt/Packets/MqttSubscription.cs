namespace DevKit.Mqtt;

/// <summary>One topic filter of a SUBSCRIBE, with the highest QoS that the client wants.</summary>
/// <param name="Filter">Topic filter, with <c>+</c> and <c>#</c> as wildcards.</param>
/// <param name="QualityOfService">The highest QoS of the messages that are to be sent for it.</param>
public readonly record struct MqttSubscription(string Filter, MqttQualityOfService QualityOfService);
