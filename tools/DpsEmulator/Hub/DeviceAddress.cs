namespace DevKit.DpsEmulator.Hub;

/// <summary>Which device of which hub: two hubs may have devices of one name.</summary>
/// <param name="Hub">The hub's DNS name, spelt as the emulator was told it.</param>
/// <param name="DeviceId">The device's name there; upper and lower case differ.</param>
internal readonly record struct DeviceAddress(string Hub, string DeviceId)
{
    /// <summary>What a SAS token of this device names as its resource.</summary>
    internal string Resource => $"{Hub}/devices/{DeviceId}";

    /// <summary>The values of a statement that names the device by <c>$hub</c> and <c>$id</c>.</summary>
    internal (string Name, object? Value)[] Parameters => [("$hub", Hub), ("$id", DeviceId)];
}
