using System.Buffers.Binary;
using System.Collections.Concurrent;
using DevKit.Board;
using DevKit.VirtualMcu.Link;
using NanoStandIns;

namespace DevKit.VirtualMcu;

/// <summary>The board as the microcontroller's process sees it: what its pins are wired to is at the other end of the link.</summary>
internal sealed class RemoteMachine : II2cBus, IGpioPins, ISerialPorts, ISystem
{
    private readonly BoardLink _link;
    private readonly McuConfiguration _configuration;
    private readonly Lock _requestLock = new();
    private readonly BlockingCollection<byte[]> _replies = [];
    private readonly BlockingCollection<Action> _events = [];

    public RemoteMachine(BoardLink link, McuConfiguration configuration)
    {
        _link = link;
        _configuration = configuration;
    }

    public event Action<int, bool>? PinChanged;

    public event Action<string, byte[]>? SerialReceived;

    public IReadOnlyList<string> SerialPorts => _configuration.SerialPorts;

    public byte[] UniqueDeviceId => [.. _configuration.UniqueDeviceId];

    /// <summary>The board as the stand-ins see it.</summary>
    public Machine Assemble() => new()
    {
        I2cBuses = { [BoardPins.I2cBus] = this },
        Pins = this,
        Serial = this,
        Network = new VirtualWifi(_configuration),
        System = this,
    };

    /// <summary>Starts to take what the board sends. The process ends when the board does: without power nothing runs.</summary>
    public void Start()
    {
        new Thread(ReceiveFrames) { IsBackground = true, Name = "link" }.Start();
        new Thread(RaiseEvents) { IsBackground = true, Name = "interrupts" }.Start();
    }

    public I2cOutcome Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        byte[] request = [(byte)address, (byte)read.Length, .. write];
        byte[] reply = Request(LinkMessage.TransferI2c, request);
        reply.AsSpan(1).CopyTo(read);
        return (I2cOutcome)reply[0];
    }

    public bool ReadPin(int pin) => Request(LinkMessage.ReadPin, [(byte)pin])[0] != 0;

    public void WritePin(int pin, bool high) => _link.Send(LinkMessage.WritePin, [(byte)pin, high ? (byte)1 : (byte)0]);

    public void WriteSerial(string port, ReadOnlySpan<byte> bytes) => _link.Send(LinkMessage.WriteSerial, bytes);

    public void ReadBackup(int position, Span<byte> bytes) =>
        Request(LinkMessage.ReadBackup, [(byte)position, (byte)bytes.Length]).CopyTo(bytes);

    public void WriteBackup(int position, ReadOnlySpan<byte> bytes) => Request(LinkMessage.WriteBackup, [(byte)position, .. bytes]);

    public void Reboot()
    {
        _link.Send(LinkMessage.Reboot, []);
        Thread.Sleep(Timeout.Infinite);
    }

    private byte[] Request(LinkMessage message, ReadOnlySpan<byte> content)
    {
        lock (_requestLock)
        {
            _link.Send(message, content);
            return _replies.Take();
        }
    }

    private void ReceiveFrames()
    {
        while (_link.TryReceive(out LinkMessage message, out byte[] content))
        {
            switch (message)
            {
                case LinkMessage.Reply:
                    _replies.Add(content);
                    break;
                case LinkMessage.PinChanged:
                    _events.Add(() => PinChanged?.Invoke(content[0], content[1] != 0));
                    break;
                case LinkMessage.SerialReceived when SerialPorts.Count > 0:
                    _events.Add(() => SerialReceived?.Invoke(SerialPorts[0], content));
                    break;
            }
        }

        Environment.Exit(0);
    }

    private void RaiseEvents()
    {
        foreach (Action raise in _events.GetConsumingEnumerable())
        {
            raise();
        }
    }
}
