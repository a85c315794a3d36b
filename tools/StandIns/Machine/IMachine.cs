namespace NanoStandIns;

/// <summary>
/// What the stand-ins for the device's APIs are wired to: the board that the microcontroller is soldered on.
/// The virtual board implements it across a process boundary; a test implements as much of it as it needs.
/// </summary>
public interface IMachine
{
    /// <summary>One I2C transfer: start, write, repeated start if both are asked for, read, stop.</summary>
    /// <param name="busId">Bus number, 1 for I2C1.</param>
    /// <param name="address">7-bit target address.</param>
    /// <param name="write">Bytes to write; empty for a read.</param>
    /// <param name="read">Where the bytes read go; empty for a write.</param>
    I2cOutcome TransferI2c(int busId, int address, ReadOnlySpan<byte> write, Span<byte> read);

    /// <summary>The level of a pin, true for high.</summary>
    bool ReadPin(int pin);

    /// <summary>Drives a pin, true for high.</summary>
    void WritePin(int pin, bool high);

    /// <summary>Raised when an input changes its level: pin number, and true for high.</summary>
    event Action<int, bool> PinChanged;

    /// <summary>The serial ports that this nanoCLR image offers and this package has pins for.</summary>
    IReadOnlyList<string> SerialPorts { get; }

    /// <summary>Sends bytes out of a serial port.</summary>
    void WriteSerial(string port, ReadOnlySpan<byte> bytes);

    /// <summary>Raised when bytes arrive at a serial port: port name and bytes.</summary>
    event Action<string, byte[]> SerialReceived;

    /// <summary>The STM32's 96-bit unique device identifier, 12 bytes.</summary>
    byte[] UniqueDeviceId { get; }

    /// <summary>Reads the backup registers, which survive a reset but not the loss of power.</summary>
    void ReadBackup(int position, Span<byte> bytes);

    /// <summary>Writes the backup registers.</summary>
    void WriteBackup(int position, ReadOnlySpan<byte> bytes);

    /// <summary>Resets the microcontroller. Does not return.</summary>
    void Reboot();

    /// <summary>The station's MAC address, 6 bytes, or null when this image has no network stack.</summary>
    byte[] PhysicalAddress { get; }

    /// <summary>The names of the Wi-Fi networks in reach.</summary>
    IReadOnlyList<string> ScanWifi();

    /// <summary>Joins a Wi-Fi network; true when it was joined.</summary>
    System.Device.Wifi.WifiConnectionStatus JoinWifi(string ssid, string password);

    /// <summary>Whether a Wi-Fi network is joined.</summary>
    bool IsWifiJoined { get; }

    /// <summary>Asks the network's DNS for a name, or takes an address as it is.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The network does not know the name, or there is none.</exception>
    void Resolve(string host);

    /// <summary>Opens a TCP connection through the Wi-Fi network: resolves the name as the network's DNS does and connects.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is unknown there, or nobody listens.</exception>
    System.IO.Stream Connect(string host, int port);

    /// <summary>The CA bundle stored in the device's configuration block, PEM, or null.</summary>
    string CaStore { get; }
}
