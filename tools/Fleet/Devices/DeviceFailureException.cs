namespace DevKit.Fleet.Devices;

/// <summary>A device was lost; the message is the reason, the same for all that are lost by it.</summary>
internal sealed class DeviceFailureException(string message) : Exception(message);
