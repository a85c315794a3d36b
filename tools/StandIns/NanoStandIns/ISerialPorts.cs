namespace NanoStandIns;

/// <summary>The serial ports that this nanoCLR image offers and this package has pins for.</summary>
public interface ISerialPorts
{
    /// <summary>Raised when bytes arrive at a port: port name and bytes.</summary>
    event Action<string, byte[]> SerialReceived;

    /// <summary>The names of the ports, as in <c>COM6</c>; empty for none.</summary>
    IReadOnlyList<string> SerialPorts { get; }

    /// <summary>Sends bytes out of a port.</summary>
    void WriteSerial(string port, ReadOnlySpan<byte> bytes);
}
