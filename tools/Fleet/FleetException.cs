namespace DevKit.Fleet;

/// <summary>The run cannot be, or cannot go on; the message is for people and says what to do.</summary>
internal sealed class FleetException(string message) : Exception(message);
