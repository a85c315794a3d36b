using DevKit.Board;
using DevKit.VirtualMcu.Link;
using DevKit.VirtualParts.Display;
using DevKit.VirtualParts.Faults;
using DevKit.VirtualParts.I2c;
using DevKit.VirtualParts.StSafe;
using NanoStandIns;

namespace DevKit.Sim.Board;

/// <summary>
/// A DevKit: secure element, OLED, buttons, lights, serial connector, power and reset, and the microcontroller as a process.
/// What is on the board outlives a reset; what is in the folder outlives the power.
/// </summary>
public sealed class VirtualDevKit : IDisposable
{
    private const int BackupSize = 80;
    private const int PinCount = 80;

    private static readonly int[] Lights =
        [BoardPins.WifiLed, BoardPins.AzureLed, BoardPins.UserLed, BoardPins.RgbRed, BoardPins.RgbGreen, BoardPins.RgbBlue];

    private readonly BoardOptions _options;
    private readonly Lock _lock = new();
    private readonly bool[] _levels = new bool[PinCount];
    private readonly byte[] _backup = new byte[BackupSize];
    private readonly BusParts _parts;
    private readonly SerialWire _serialIn;
    private readonly RestartLimit _restarts = new();
    private McuProcess? _mcu;

    /// <summary>Puts a board together; it has no power yet.</summary>
    public VirtualDevKit(BoardOptions options)
    {
        _options = options;
        Folder = new BoardFolder(options.Folder);
        _parts = new BusParts(Folder.SecureElementFile);
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

    /// <summary>
    /// Raised with the address and the outcome of an I2C transfer of the firmware's, on the board's thread, before the firmware has the
    /// outcome: to reset it, or to pull the plug, at that very transfer.
    /// </summary>
    public event Action<int, I2cOutcome>? Transferred;

    /// <summary>
    /// Raised with what the board can't show itself, for the user: the microcontroller's process ended, or the secure element's
    /// memory can't be kept.
    /// </summary>
    public event Action<string>? Notified;

    /// <summary>The OLED; another one after each power-on.</summary>
    public Ssd1306 Display => _parts.Display;

    /// <summary>The secure element, another one after each power-on; null without power.</summary>
    public VirtualStSafe? SecureElement => _parts.Chip;

    /// <summary>The I2C bus.</summary>
    public I2cBus Bus => _parts.Bus;

    /// <summary>The board's serial numbers and the folder that keeps it.</summary>
    public BoardFolder Folder { get; }

    /// <summary>Whether the board's nanoCLR image has a serial port.</summary>
    public bool HasSerialPort => _options.Image != NanoClrImage.Published;

    /// <summary>Whether the board is plugged in.</summary>
    public bool IsPowered { get; private set; }

    /// <summary>Whether the microcontroller runs.</summary>
    public bool IsRunning => Volatile.Read(ref _mcu) != null;

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
    public bool IsHigh(int pin) => Volatile.Read(ref _levels[pin]);

    /// <summary>Plugs the board in.</summary>
    /// <exception cref="IOException">The secure element's file can't be read, or no process can be started.</exception>
    /// <exception cref="InvalidDataException">The secure element's file is damaged.</exception>
    public void PlugIn()
    {
        lock (_lock)
        {
            Stop();
            // Without power they forget all but what is in the folder.
            Array.Clear(_backup);
            _parts.PowerOn(() => Changed?.Invoke());
            IsPowered = true;
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
        // First: a microcontroller that runs on for an instant no longer reaches the chip's file.
        _parts.PowerOff();
        lock (_lock)
        {
            Stop();
            IsInBooter = false;
            IsPowered = false;
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

    private void Stop()
    {
        _mcu?.Dispose();
        _mcu = null;
        Array.ForEach(Lights, pin => _levels[pin] = false);
    }

    private void Start(bool byUser)
    {
        _restarts.Started(byUser);
        IsInBooter = _options.Image == NanoClrImage.Published && !_levels[BoardPins.ButtonA];
        if (IsInBooter)
        {
            return;
        }

        McuConfiguration configuration = new(
            Folder.Numbers.UniqueDeviceId,
            _options.Image == NanoClrImage.Network ? Folder.Numbers.Mac : null,
            HasSerialPort ? [BoardPins.ConsolePort] : [],
            _options.WifiNetworks,
            Folder.CaStore == null && _options.CloudCa == null ? null : $"{Folder.CaStore}\n{_options.CloudCa}",
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
                Transfer(mcu, content);
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

    private void Transfer(McuProcess mcu, byte[] request)
    {
        byte[] reply = new byte[1 + request[1]];
        try
        {
            reply[0] = (byte)Bus.Transfer(request[0], request.AsSpan(2), reply.AsSpan(1));
        }
        catch (PowerLostException e)
        {
            PullPlug();
            if (e.InnerException != null)
            {
                Notified?.Invoke($"{e.Message} The plug was pulled, and what was kept before is whole. Mend that, and plug in again.");
            }

            return;
        }

        Transferred?.Invoke(request[0], (I2cOutcome)reply[0]);
        mcu.Send(LinkMessage.Reply, reply);
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
                if (end == null || _restarts.ShouldRestart(end, out note))
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
            Notified?.Invoke(note);
        }

        Changed?.Invoke();
    }
}
