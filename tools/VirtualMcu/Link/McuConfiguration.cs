namespace DevKit.VirtualMcu.Link;

/// <summary>What the microcontroller's process has to know of its board at power-on.</summary>
/// <param name="UniqueDeviceId">The STM32's unique ID, 12 bytes.</param>
/// <param name="Mac">The MAC address, 6 bytes, or null when the nanoCLR image has no network stack.</param>
/// <param name="SerialPorts">The serial ports that the image offers.</param>
/// <param name="WifiNetworks">The Wi-Fi networks in reach: name and password, empty for an open one.</param>
/// <param name="CaStore">The CA certificates that the device trusts beside those of its application, PEM, or null.</param>
/// <param name="CloudEndPoint">Where the names of Azure's services lead, as <c>address:port</c>; null for where DNS says.</param>
/// <param name="HasApplication">Whether Boot is the build that carries an application, or the one without (BootIdentity).</param>
/// <param name="ImageFile">An application image to run in place of the one that Boot carries, or null.</param>
public sealed record McuConfiguration(
    byte[] UniqueDeviceId,
    byte[]? Mac,
    string[] SerialPorts,
    Dictionary<string, string> WifiNetworks,
    string? CaStore,
    string? CloudEndPoint,
    bool HasApplication,
    string? ImageFile);
