namespace DevKit.DpsEmulator.Hub;

/// <summary>A device's connection as the hub remembers it.</summary>
/// <param name="Connected">Whether there is one.</param>
/// <param name="Updated">When that changed last; null before the first connection.</param>
/// <param name="LastActivity">When it connected, disconnected or sent a message last; null before the first connection.</param>
internal sealed record ConnectionState(bool Connected, DateTimeOffset? Updated, DateTimeOffset? LastActivity);
