using System.Collections.Concurrent;
using System.Device.Wifi;
using System.Net.Sockets;
using System.Text;
using DevKit.Board;
using DevKit.VirtualParts.Display;
using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.Support.Machines;

/// <summary>
/// A board inside the test's own process: parts on a bus, pins, a serial port by bytes in and out, a network by delegate.
/// </summary>
public sealed class TestMachine : II2cBus, IGpioPins, ISerialPorts, INetwork, ISystem, IDisposable
{
    private volatile Func<Exception>? _ended;
    private readonly ConcurrentDictionary<int, bool> _pins = new();
    private readonly MemoryStream _sent = new();
    private readonly byte[] _backup = new byte[80];

    public event Action<int, bool>? PinChanged;

    public event Action<string, byte[]>? SerialReceived;

    /// <summary>The firmware has written a pin.</summary>
    public event Action<int, bool>? PinWritten;

    public I2cBus Bus { get; } = new();

    public Ssd1306 Display { get; } = new();

    public IReadOnlyList<string> SerialPorts { get; set; } = [BoardPins.ConsolePort];

    public byte[] UniqueDeviceId { get; set; } = [.. Enumerable.Range(1, 12).Select(i => (byte)i)];

    public byte[]? PhysicalAddress { get; set; } = [0xC8, 0x93, 0x46, 0x85, 0x41, 0x38];

    public Dictionary<string, string> WifiNetworks { get; } = new() { ["home"] = "password" };

    /// <summary>Where connections lead, whatever the name; null for a network that knows no name.</summary>
    public Func<string, int, Stream>? OpenConnection { get; set; }

    public bool IsWifiJoined { get; private set; }

    public string? CaStore { get; set; }

    /// <summary>All that was sent out of the serial port so far.</summary>
    public string Sent
    {
        get
        {
            lock (_sent)
            {
                return Encoding.UTF8.GetString(_sent.ToArray());
            }
        }
    }

    /// <summary>Makes this the board that the stand-ins see, with its display on the bus.</summary>
    public TestMachine Install()
    {
        Bus.Attach(BoardPins.DisplayAddress, Display);
        MachineHost.Current = Assemble();
        return this;
    }

    /// <summary>The board as the stand-ins see it.</summary>
    public Machine Assemble() => new()
    {
        I2cBuses = { [BoardPins.I2cBus] = this },
        Pins = this,
        Serial = this,
        Network = this,
        System = this,
    };

    /// <summary>Bytes arrive at the serial port.</summary>
    public void Receive(byte[] bytes) => SerialReceived?.Invoke(BoardPins.ConsolePort, bytes);

    /// <summary>Presses or releases a button.</summary>
    public void SetPin(int pin, bool high)
    {
        _pins[pin] = high;
        PinChanged?.Invoke(pin, high);
    }

    /// <summary>Whether the RGB LED is red; with green it would be amber.</summary>
    public bool IsRed => ReadPin(BoardPins.RgbRed) && !ReadPin(BoardPins.RgbGreen);

    /// <summary>Waits until the RGB LED is red.</summary>
    public void WaitForRed()
    {
        for (int i = 0; i < 3000 && !IsRed; i++)
        {
            Thread.Sleep(10);
        }

        if (!IsRed)
        {
            throw new InvalidOperationException("The RGB LED did not turn red.");
        }
    }

    /// <summary>Waits until a text has been sent out of the serial port.</summary>
    public void WaitForSent(string text)
    {
        // The firmware runs on another thread: what is asserted is that the text comes, not when.
        for (int i = 0; i < 3000; i++)
        {
            if (Sent.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            Thread.Sleep(10);
        }

        throw new InvalidOperationException($"\"{text}\" was not sent. Sent was:\n{Sent}");
    }

    /// <summary>Takes the power away: firmware that a test left running on another thread ends at its next pin, byte or transfer.</summary>
    public void Dispose() => _ended = () => new PoweredOffException();

    /// <summary>Lets firmware start again after it asked for a reset.</summary>
    public void PowerOn() => _ended = null;

    /// <summary>Runs firmware on a thread of its own, until it asks for a reset or the power goes.</summary>
    public static Thread Start(Action firmware)
    {
        Thread thread = new(() =>
        {
            try
            {
                firmware();
            }
            catch (Exception e) when (e is RebootException or PoweredOffException)
            {
                // This is how firmware ends.
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }

    public I2cOutcome Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read) => Powered.Bus.Transfer(address, write, read);

    public bool ReadPin(int pin) => Powered._pins.GetOrAdd(pin, pin is BoardPins.ButtonA or BoardPins.ButtonB);

    public void WritePin(int pin, bool high)
    {
        Powered._pins[pin] = high;
        PinWritten?.Invoke(pin, high);
    }

    public void WriteSerial(string port, ReadOnlySpan<byte> bytes)
    {
        lock (Powered._sent)
        {
            _sent.Write(bytes);
        }
    }

    private TestMachine Powered => _ended is { } end ? throw end() : this;

    public void ReadBackup(int position, Span<byte> bytes) => Powered._backup.AsSpan(position, bytes.Length).CopyTo(bytes);

    public void WriteBackup(int position, ReadOnlySpan<byte> bytes) => bytes.CopyTo(Powered._backup.AsSpan(position));

    // Whatever catches the exception, the firmware ends at its next pin, byte or transfer.
    public void Reboot()
    {
        _ended = () => new RebootException();
        throw new RebootException();
    }

    public IReadOnlyList<string> ScanWifi() => [.. WifiNetworks.Keys];

    public WifiConnectionStatus JoinWifi(string ssid, string password)
    {
        if (!WifiNetworks.TryGetValue(ssid, out string? expected))
        {
            return WifiConnectionStatus.NetworkNotAvailable;
        }

        IsWifiJoined = expected == password;
        return IsWifiJoined ? WifiConnectionStatus.Success : WifiConnectionStatus.InvalidCredential;
    }

    /// <summary>The network goes.</summary>
    public void LeaveWifi() => IsWifiJoined = false;

    public void Resolve(string host) => _ = Network;

    public Stream Connect(string host, int port) => Network(host, port);

    private Func<string, int, Stream> Network => Powered.OpenConnection ?? throw new SocketException((int)SocketError.HostNotFound);
}
