using System.Text;
using NanoStandIns;

namespace System.IO.Ports;

/// <summary>
/// A UART with the habits of nanoFramework's: a receive ring of <see cref="ReadBufferSize"/> bytes that drops what does not fit,
/// silently, and a <see cref="DataReceived"/> that comes only when the number of waiting bytes crosses the threshold upwards.
/// </summary>
public sealed class SerialPort : IDisposable
{
    private readonly ISerialPorts _ports = MachineHost.Current.Serial;
    private readonly Queue<byte> _received = new();
    private int _readBufferSize = 256;

    public SerialPort(string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One)
    {
        PortName = portName;
        BaudRate = baudRate;
        Parity = parity;
        DataBits = dataBits;
        StopBits = stopBits;
    }

    public event SerialDataReceivedEventHandler DataReceived;

    public string PortName { get; }

    public int BaudRate { get; set; }

    public Parity Parity { get; set; }

    public int DataBits { get; set; }

    public StopBits StopBits { get; set; }

    public bool IsOpen { get; private set; }

    public int ReceivedBytesThreshold { get; set; } = 1;

    public int ReadTimeout { get; set; } = -1;

    public int WriteTimeout { get; set; } = -1;

    public int BytesToRead
    {
        get
        {
            lock (_received)
            {
                return _received.Count;
            }
        }
    }

    public int ReadBufferSize
    {
        get => _readBufferSize;
        set => _readBufferSize = IsOpen ? throw new InvalidOperationException() : value;
    }

    public static string[] GetPortNames() => [.. MachineHost.Current.Serial.SerialPorts];

    public void Open()
    {
        if (IsOpen)
        {
            throw new InvalidOperationException();
        }

        if (!_ports.SerialPorts.Contains(PortName))
        {
            throw new ArgumentException(PortName);
        }

        _ports.SerialReceived += OnReceived;
        IsOpen = true;
    }

    public void Close()
    {
        _ports.SerialReceived -= OnReceived;
        IsOpen = false;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        ThrowIfClosed();
        lock (_received)
        {
            int n = Math.Min(count, _received.Count);
            for (int i = 0; i < n; i++)
            {
                buffer[offset + i] = _received.Dequeue();
            }

            return n;
        }
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        ThrowIfClosed();
        _ports.WriteSerial(PortName, buffer.AsSpan(offset, count));
    }

    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text), 0, Encoding.UTF8.GetByteCount(text));

    public void Dispose()
    {
        if (IsOpen)
        {
            Close();
        }
    }

    private void OnReceived(string port, byte[] bytes)
    {
        if (port != PortName)
        {
            return;
        }

        bool crossed;
        lock (_received)
        {
            int before = _received.Count;
            foreach (byte b in bytes)
            {
                if (_received.Count < _readBufferSize)
                {
                    _received.Enqueue(b);
                }
            }

            crossed = before < ReceivedBytesThreshold && _received.Count >= ReceivedBytesThreshold;
        }

        if (crossed)
        {
            DataReceived?.Invoke(this, new SerialDataReceivedEventArgs(SerialData.Chars));
        }
    }

    private void ThrowIfClosed()
    {
        if (!IsOpen)
        {
            throw new InvalidOperationException();
        }
    }
}
