using System;
using System.IO.Ports;
using System.Text;
using System.Threading;

namespace DevKit.Board
{
    /// <summary>
    /// The serial console: what is printed goes out of the port, what arrives waits until it is read.
    /// On an image or a board without a serial port everything printed is dropped and nothing ever arrives.
    /// </summary>
    public sealed class SerialConsole
    {
        /// <summary>
        /// The receive ring in bytes. The driver drops silently what does not fit, so this bounds what may be pasted
        /// while a command works: a whole line of 1,023 characters and the next one.
        /// </summary>
        public const int ReceiveRing = 2048;

        private const int PollMilliseconds = 100;

        private readonly SerialPort _port;
        private readonly AutoResetEvent _arrived = new AutoResetEvent(false);
        private readonly object _writeLock = new object();
        private readonly byte[] _buffer = new byte[64];
        private int _next;
        private int _end;

        /// <summary>Opens a port.</summary>
        /// <param name="portName">Port name, <see cref="BoardPins.ConsolePort"/> on the DevKit.</param>
        /// <param name="baudRate">Speed in baud.</param>
        public SerialConsole(string portName, int baudRate)
        {
            SerialPort port = null;
            try
            {
                port = new SerialPort(portName, baudRate);
                port.ReadBufferSize = ReceiveRing;
                port.DataReceived += OnDataReceived;
                port.Open();
                _port = port;
            }
            catch (Exception)
            {
                // What an image without this port throws differs from image to image. Boot goes on without a console.
                if (port != null)
                {
                    port.Dispose();
                }
            }
        }

        /// <summary>Whether there is a serial port.</summary>
        public bool IsOpen
        {
            get { return _port != null; }
        }

        /// <summary>Prints text as UTF-8.</summary>
        public void Write(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Write(bytes, 0, bytes.Length);
        }

        /// <summary>Prints bytes as they are. Safe from several threads: what is printed at once stays together.</summary>
        public void Write(byte[] bytes, int offset, int count)
        {
            // The driver would wait for the end of a transmission of nothing, and its mutex holds up the one native thread that all
            // managed threads share when a second writer comes.
            if (_port != null && count > 0)
            {
                lock (_writeLock)
                {
                    _port.Write(bytes, offset, count);
                }
            }
        }

        /// <summary>Prints text and CR LF.</summary>
        public void WriteLine(string text)
        {
            Write(text + "\r\n");
        }

        /// <summary>Waits for the next byte.</summary>
        public byte ReadByte()
        {
            while (_next == _end)
            {
                _next = 0;
                _end = _port == null ? 0 : _port.Read(_buffer, 0, CountReadable());
                if (_end == 0)
                {
                    // The event comes only when the count crosses its threshold upwards: it may be missed, the poll may not.
                    _arrived.WaitOne(PollMilliseconds, false);
                }
            }

            byte value = _buffer[_next];
            _buffer[_next++] = 0;
            return value;
        }

        private int CountReadable()
        {
            int waiting = _port.BytesToRead;
            return waiting < _buffer.Length ? waiting : _buffer.Length;
        }

        private void OnDataReceived(object sender, SerialDataReceivedEventArgs e)
        {
            _arrived.Set();
        }
    }
}
