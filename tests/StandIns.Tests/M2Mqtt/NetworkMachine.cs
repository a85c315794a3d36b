using System.Device.Wifi;
using System.Net.Sockets;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>A board of which only the network is there: every name but <c>unknown.example</c> is this machine.</summary>
internal sealed class NetworkMachine : IMachine
{
    event Action<int, bool> IMachine.PinChanged
    {
        add => throw new NotSupportedException();
        remove => throw new NotSupportedException();
    }

    event Action<string, byte[]> IMachine.SerialReceived
    {
        add => throw new NotSupportedException();
        remove => throw new NotSupportedException();
    }

    public string? CaStore { get; set; }

    public IReadOnlyList<string> SerialPorts => throw new NotSupportedException();

    public byte[] UniqueDeviceId => throw new NotSupportedException();

    public byte[] PhysicalAddress => throw new NotSupportedException();

    public bool IsWifiJoined => true;

    /// <summary>How often a connection was opened.</summary>
    internal int Connections { get; private set; }

    public void Resolve(string host)
    {
        if (host == "unknown.example")
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }
    }

    public Stream Connect(string host, int port)
    {
        Resolve(host);
        Connections++;
        return new TcpClient("127.0.0.1", port).GetStream();
    }

    public I2cOutcome TransferI2c(int busId, int address, ReadOnlySpan<byte> write, Span<byte> read) => throw new NotSupportedException();

    public bool ReadPin(int pin) => throw new NotSupportedException();

    public void WritePin(int pin, bool high) => throw new NotSupportedException();

    public void WriteSerial(string port, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public void ReadBackup(int position, Span<byte> bytes) => throw new NotSupportedException();

    public void WriteBackup(int position, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public void Reboot() => throw new NotSupportedException();

    public IReadOnlyList<string> ScanWifi() => throw new NotSupportedException();

    public WifiConnectionStatus JoinWifi(string ssid, string password) => throw new NotSupportedException();
}
