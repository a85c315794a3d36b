using System;

namespace DevKit.StSafe.Frames
{
    /// <summary>A command as it goes over the bus: <c>code | parameters | CRC</c>. One buffer, used again for each command.</summary>
    public sealed class CommandFrame
    {
        /// <summary>
        /// Data bytes that one transfer carries: nanoFramework's I2C on STM32 counts in 8 bits, and from about 209 bytes at
        /// 100 kHz takes a slower path that can fail.
        /// </summary>
        public const int MaxDataLength = 180;

        // Code, the five parameter bytes of Update zone, and the CRC around the data.
        private const int MostOverhead = 1 + 4 + 2;

        private readonly byte[] _bytes = new byte[MostOverhead + MaxDataLength];
        private int _length;

        /// <summary>The frame's bytes, <see cref="Length"/> of which count.</summary>
        public byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>Bytes in the frame.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>Starts a frame with the command's code.</summary>
        public CommandFrame Begin(StSafeCommand code)
        {
            _length = 0;
            return Add((int)code);
        }

        /// <summary>Appends a byte.</summary>
        public CommandFrame Add(int value)
        {
            _bytes[_length++] = (byte)value;
            return this;
        }

        /// <summary>Appends a 16-bit number, high byte first.</summary>
        public CommandFrame AddUInt16(int value)
        {
            return Add(value >> 8).Add(value);
        }

        /// <summary>Appends bytes.</summary>
        public CommandFrame AddBytes(byte[] bytes, int offset, int count)
        {
            Array.Copy(bytes, offset, _bytes, _length, count);
            _length += count;
            return this;
        }

        /// <summary>Ends the frame with the CRC over code and parameters.</summary>
        public CommandFrame Seal()
        {
            return AddUInt16(FrameCrc.Finish(FrameCrc.Add(FrameCrc.Initial, _bytes, 0, _length)));
        }

        /// <summary>Wipes the buffer: it may have held a secret.</summary>
        public void Clear()
        {
            Array.Clear(_bytes, 0, _bytes.Length);
            _length = 0;
        }
    }
}
