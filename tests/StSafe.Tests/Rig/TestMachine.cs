using System.Device.Wifi;
using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.StSafe.Tests;

/// <summary>A board that is an I2C bus and a clock: transfers take the time that they take at 100 kHz, and are written down.</summary>
internal sealed class TestMachine(I2cBus bus, VirtualClock clock) : IMachine
{
    // 9 clocks a byte at 100 kHz.
    private static readonly TimeSpan ByteTime = TimeSpan.FromMicroseconds(90);

    // When the controller gives up.
    private static readonly TimeSpan TimeOut = TimeSpan.FromMilliseconds(100);

    /// <summary>What passed on the bus, in order.</summary>
    public List<Transfer> Transfers { get; } = [];

    public event Action<int, bool> PinChanged { add { } remove { } }

    public event Action<string, byte[]> SerialReceived { add { } remove { } }

    public IReadOnlyList<string> SerialPorts => throw new NotSupportedException();

    public byte[] UniqueDeviceId => throw new NotSupportedException();

    public byte[] PhysicalAddress => throw new NotSupportedException();

    public bool IsWifiJoined => throw new NotSupportedException();

    public string CaStore => throw new NotSupportedException();

    public I2cOutcome TransferI2c(int busId, int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        I2cOutcome outcome = bus.Transfer(address, write, read);
        clock.Advance(outcome == I2cOutcome.TimedOut ? TimeOut : ByteTime * (1 + write.Length + read.Length));
        Transfers.Add(new Transfer(write.ToArray(), read.ToArray(), outcome));
        return outcome;
    }

    public bool ReadPin(int pin) => throw new NotSupportedException();

    public void WritePin(int pin, bool high) => throw new NotSupportedException();

    public void WriteSerial(string port, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public void ReadBackup(int position, Span<byte> bytes) => throw new NotSupportedException();

    public void WriteBackup(int position, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public void Reboot() => throw new NotSupportedException();

    public IReadOnlyList<string> ScanWifi() => throw new NotSupportedException();

    public WifiConnectionStatus JoinWifi(string ssid, string password) => throw new NotSupportedException();

    public void Resolve(string host) => throw new NotSupportedException();

    public Stream Connect(string host, int port) => throw new NotSupportedException();
}
