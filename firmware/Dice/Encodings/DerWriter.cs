using System;

namespace DevKit.Dice.Encodings
{
    /// <summary>Writes DER (X.690) from front to back into one buffer; a length is filled in when its element is closed.</summary>
    internal sealed class DerWriter
    {
        internal const byte Boolean = 0x01;
        internal const byte Integer = 0x02;
        internal const byte BitString = 0x03;
        internal const byte OctetString = 0x04;
        internal const byte ObjectIdentifier = 0x06;
        internal const byte Utf8String = 0x0C;
        internal const byte PrintableString = 0x13;
        internal const byte Sequence = 0x30;
        internal const byte Set = 0x31;
        internal const byte Tagged0 = 0xA0;
        internal const byte Tagged3 = 0xA3;

        private readonly byte[] _buffer;
        private int _length;

        /// <param name="capacity">The most that will be written, in bytes.</param>
        internal DerWriter(int capacity)
        {
            _buffer = new byte[capacity];
        }

        /// <summary>Opens an element.</summary>
        /// <returns>What <see cref="Close"/> is to be given.</returns>
        internal int Open(byte tag)
        {
            _buffer[_length] = tag;
            _length += 2;
            return _length;
        }

        /// <summary>Closes an element: what was written since it was opened is its content.</summary>
        internal void Close(int start)
        {
            int content = _length - start;
            if (content < 0x80)
            {
                _buffer[start - 1] = (byte)content;
                return;
            }

            // X.690, 8.1.3.5: one or two more bytes for a length from 128 on, so the content moves up.
            int more = content < 0x100 ? 1 : 2;
            Array.Copy(_buffer, start, _buffer, start + more, content);
            _length += more;
            _buffer[start - 1] = (byte)(0x80 | more);
            if (more == 2)
            {
                _buffer[start++] = (byte)(content >> 8);
            }

            _buffer[start] = (byte)content;
        }

        /// <summary>Writes bytes as they are: elements that are encoded already, or part of a content.</summary>
        internal void Write(byte[] bytes)
        {
            Write(bytes, 0, bytes.Length);
        }

        /// <inheritdoc cref="Write(byte[])"/>
        internal void Write(byte[] bytes, int offset, int count)
        {
            Array.Copy(bytes, offset, _buffer, _length, count);
            _length += count;
        }

        /// <summary>Writes one byte as it is.</summary>
        internal void Write(byte value)
        {
            _buffer[_length++] = value;
        }

        /// <summary>Writes an element whose content is ASCII text.</summary>
        internal void Write(byte tag, string text)
        {
            int start = Open(tag);
            Ascii.Write(text, _buffer, _length);
            _length += text.Length;
            Close(start);
        }

        /// <summary>
        /// Writes an INTEGER from big-endian bytes that are not negative: without leading zeros but the one that keeps it positive (X.690,
        /// 8.3.2).
        /// </summary>
        internal void WriteInteger(byte[] bytes, int offset, int count)
        {
            while (count > 1 && bytes[offset] == 0)
            {
                offset++;
                count--;
            }

            int start = Open(Integer);
            if (bytes[offset] >= 0x80)
            {
                Write(0);
            }

            Write(bytes, offset, count);
            Close(start);
        }

        /// <summary>What was written.</summary>
        internal byte[] ToArray()
        {
            byte[] result = new byte[_length];
            Array.Copy(_buffer, 0, result, 0, _length);
            return result;
        }

        /// <summary>Wipes the buffer.</summary>
        internal void Clear()
        {
            SecretBytes.Clear(_buffer);
            _length = 0;
        }
    }
}
