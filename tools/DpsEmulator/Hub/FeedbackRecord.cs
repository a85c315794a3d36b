namespace DevKit.DpsEmulator.Hub;

/// <summary>What became of a message to a device.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Status">Success, Expired, DeliveryCountExceeded, Rejected or Purged.</param>
/// <param name="Ended">When.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="GenerationId">The device's generation.</param>
internal sealed record FeedbackRecord(string MessageId, string Status, DateTimeOffset Ended, string DeviceId, string GenerationId);
