using DevKit.Board;
using DevKit.Sim.Link;
using DevKit.StSafe;
using DevKit.VirtualParts;

namespace DevKit.Sim.Board;

/// <summary>
/// A DevKit: secure element, OLED, buttons, lights, serial connector, power and reset, and the microcontroller as a process.
/// What is on the board outlives a reset; what is in the folder outlives the power.
/// </summary>
public sealed class VirtualDevKit : IDisposable
{
    private const int BackupSize = 80;
    private const int PinCount = 80;

    private readonly BoardOptions _options;
    private readonly BoardFolder _folder;
    private readonly Lock _lock = new();
    private readonly bool[] _levels = new bool[PinCount];
    private readonly byte[] _backup = new byte[BackupSize];
    private readonly FileChipStore _chipStore;
    private readonly PartSocket _chipSocket = new();
    private readonly PartSocket _displaySocket = new();
    private readonly SerialWire _serialIn;
    private readonly RestartLimit _restarts = new();
    private McuProcess? _mcu;

    /// <summary>Puts a board together; it has no power yet.</summary>
    public VirtualDevKit(BoardOptions options)
    {
        _options = options;
        _folder = new BoardFolder(options.Folder);
        _chipStore = new FileChipStore(_folder.SecureElementFile);
        Bus.Attach(BoardPins.DisplayAddress, _displaySocket);
        Bus.Attach(StSafeA100.DefaultI2cAddress, _chipSocket);
        _levels[BoardPins.ButtonA] = true;
        _levels[BoardPins.ButtonB] = true;
        _serialIn = new SerialWire(BoardPins.ConsoleBaudRate, ReceiveSerial);
    }

    /// <summary>Raised with the bytes that leave the serial port, on the board's thread.</summary>
    public event Action<byte[]>? SerialSent;

    /// <summary>Raised when a light, the screen or the power changes.</summary>
    public event Action? Changed;

    /// <summary>Raised with the number of a pin that the firmware has just read, on the board's thread.</summary>
    public event Action<int>? PinRead;

    /// <summary>Raised with what the board can't tell itself, for the user: the microcontroller's process ended.</summary>
    public event Action<string>? Told;

    /// <summary>The OLED; another one after each power-on.</summary>
    public Ssd1306 Display { get; private set; } = new();

    /// <summary>The I2C bus.</summary>
    public I2cBus Bus { get; } = new();

    /// <summary>The board's serial numbers and the folder that keeps it.</summary>
    public BoardFolder Folder => _folder;

    /// <summary>Whether the board's nanoCLR image has a serial port.</summary>
    public bool HasSerialPort => _options.Image != NanoClrImage.Published;

    /// <summary>Whether the board is plugged in.</summary>
    public bool IsPowered { get; private set; }

    /// <summary>Whether the microcontroller runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_lock)
            {
                return _mcu != null;
            }
        }
    }

    /// <summary>Whether the board stays in its booter, as the published one does while button A is held at reset.</summary>
    public bool IsInBooter { get; private set; }

    /// <summary>Presses or releases a button.</summary>
    /// <param name="pin">The button's pin.</param>
    /// <param name="pressed">Whether it is held from now on.</param>
    public void SetButton(int pin, bool pressed)
    {
        lock (_lock)
        {
            _levels[pin] = !pressed;
            _mcu?.Send(LinkMessage.PinChanged, [(byte)pin, pressed ? (byte)0 : (byte)1]);
        }
    }

    /// <summary>Whether a pin is high: a light that is on, a button that is not pressed.</summary>
    public bool IsHigh(int pin)
    {
        lock (_lock)
        {
            return _levels[pin];
        }
    }

    /// <summary>Plugs the board in.</summary>
    /// <exception cref="IOException">The secure element's file can't be read, or no process can be started.</exception>
    /// <exception cref="InvalidDataException">The secure element's file is damaged.</exception>
    public void PlugIn()
    {
        lock (_lock)
        {
            Stop();
            PowerParts();
            Start(byUser: true);
        }

        Changed?.Invoke();
    }

    /// <summary>Presses the reset button.</summary>
    /// <exception cref="IOException">No process can be started.</exception>
    public void Reset()
    {
        lock (_lock)
        {
            if (IsPowered)
            {
                Stop();
                Start(byUser: true);
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Pulls the plug.</summary>
    public void PullPlug()
    {
        _chipSocket.Part = null;
        _displaySocket.Part = null;

        // A probe waits for the transfer that is under way: from here on nothing reaches the chip's file.
        Bus.Transfer(BoardPins.DisplayAddress, [], []);
        lock (_lock)
        {
            Stop();
            IsInBooter = false;
            IsPowered = false;
            Display = new Ssd1306();
        }

        Changed?.Invoke();
    }

    /// <summary>Sends bytes to the serial port, which arrive there at its baud rate.</summary>
    public void TypeSerial(ReadOnlySpan<byte> bytes) => _serialIn.Send(bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _serialIn.Dispose();
        PullPlug();
    }

    // Without power the parts forget all but what is in the folder.
    private void PowerParts()
    {
        Array.Clear(_backup);
        Display = new Ssd1306();
        Display.Changed += (_, _) => Changed?.Invoke();
        _displaySocket.Part = Display;
        _chipSocket.Part = new VirtualStSafe(_chipStore);
        IsPowered = true;
    }

    private void Stop()
    {
        _mcu?.Dispose();
        _mcu = null;
        foreach (int pin in (int[])[BoardPins.WifiLed, BoardPins.AzureLed, BoardPins.UserLed, BoardPins.RgbRed, BoardPins.RgbGreen, BoardPins.RgbBlue])
        {
            _levels[pin] = false;
        }
    }

    private void Start(bool byUser)
    {
        _restarts.TakeStart(byUser);
        IsInBooter = _options.Image == NanoClrImage.Published && !_levels[BoardPins.ButtonA];
        if (IsInBooter)
        {
            return;
        }

        McuConfiguration configuration = new(
            _folder.Numbers.UniqueDeviceId,
            _options.Image == NanoClrImage.Network ? _folder.Numbers.Mac : null,
            HasSerialPort ? [BoardPins.ConsolePort] : [],
            _options.WifiNetworks,
            _folder.CaStore,
            _options.CloudEndPoint,
            _options.Image == NanoClrImage.Network,
            _options.ImageFile);
        _mcu = McuProcess.Start(configuration, OnMessage, OnExit);
    }

    private void ReceiveSerial(byte[] bytes)
    {
        lock (_lock)
        {
            _mcu?.Send(LinkMessage.SerialReceived, bytes);
        }
    }

    private void OnMessage(McuProcess mcu, LinkMessage message, byte[] content)
    {
        switch (message)
        {
            case LinkMessage.TransferI2c:
                byte[] reply = new byte[1 + content[1]];
                reply[0] = (byte)Bus.Transfer(content[0], content.AsSpan(2), reply.AsSpan(1));
                mcu.Send(LinkMessage.Reply, reply);
                break;
            case LinkMessage.ReadPin:
                mcu.Send(LinkMessage.Reply, [IsHigh(content[0]) ? (byte)1 : (byte)0]);
                PinRead?.Invoke(content[0]);
                break;
            case LinkMessage.WritePin:
                ActIfCurrent(mcu, () => _levels[content[0]] = content[1] != 0);
                Changed?.Invoke();
                break;
            case LinkMessage.WriteSerial:
                SerialSent?.Invoke(content);
                break;
            case LinkMessage.ReadBackup:
                mcu.Send(LinkMessage.Reply, _backup.AsSpan(content[0], content[1]));
                break;
            case LinkMessage.WriteBackup:
                ActIfCurrent(mcu, () => content.AsSpan(1).CopyTo(_backup.AsSpan(content[0])));
                mcu.Send(LinkMessage.Reply, []);
                break;
            case LinkMessage.Reboot:
                ThreadPool.QueueUserWorkItem(_ => RestartIfCurrent(mcu, null));
                break;
        }
    }

    // What a microcontroller sent before it was reset may arrive after.
    private void ActIfCurrent(McuProcess mcu, Action act)
    {
        lock (_lock)
        {
            if (_mcu == mcu)
            {
                act();
            }
        }
    }

    // The firmware ended by itself: what on a chip is a crash of the runtime, which resets it.
    private void OnExit(McuProcess mcu, string end) => ThreadPool.QueueUserWorkItem(_ => RestartIfCurrent(mcu, end));

    /// <summary>Starts the microcontroller again.</summary>
    /// <param name="mcu">The process that asks for it, or has ended.</param>
    /// <param name="end">How it ended; null when it asks for a reset.</param>
    private void RestartIfCurrent(McuProcess mcu, string? end)
    {
        string? note = null;
        lock (_lock)
        {
            if (_mcu != mcu)
            {
                return;
            }

            Stop();
            try
            {
                if (end == null || _restarts.TakeEnd(end, out note))
                {
                    Start(byUser: false);
                }
            }
            catch (IOException e)
            {
                note = $"{e.Message} The board is off; a reset tries again.";
            }
        }

        if (note != null)
        {
            Told?.Invoke(note);
        }

        Changed?.Invoke();
    }
}
