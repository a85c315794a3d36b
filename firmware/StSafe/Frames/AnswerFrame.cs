using System;

namespace DevKit.StSafe.Frames
{
    /// <summary>
    /// An answer as it comes over the bus: <c>status | length (2 bytes) | data | CRC</c>. The length counts data and CRC; the CRC
    /// covers status and data. One buffer, used again for each answer.
    /// </summary>
    public sealed class AnswerFrame
    {
        /// <summary>Bytes of the first read: status, length and, when there is no data, the CRC.</summary>
        public const int HeadLength = 5;

        private const int DataOffset = 3;
        private const int CrcLength = 2;

        // The top three bits are session flags, as in a command's code.
        private const int StatusMask = 0x1F;

        private readonly byte[] _bytes = new byte[DataOffset + CommandFrame.MaxDataLength + CrcLength];

        /// <summary>The buffer that the answer is read into, from its start.</summary>
        public byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>The chip's status.</summary>
        public StSafeStatus Status
        {
            get { return (StSafeStatus)(_bytes[0] & StatusMask); }
        }

        /// <summary>
        /// Bytes of the whole answer by what its head says; may be nonsense until <see cref="IsPlausible"/> and <see cref="IsIntact"/>.
        /// </summary>
        public int Length
        {
            get { return DataOffset + (_bytes[1] << 8) + _bytes[2]; }
        }

        /// <summary>Data bytes by what the head says.</summary>
        public int DataLength
        {
            get { return Length - DataOffset - CrcLength; }
        }

        /// <summary>Whether the head's length can be that of an answer to any command of this driver.</summary>
        public bool IsPlausible
        {
            get { return Length >= HeadLength && Length <= _bytes.Length; }
        }

        /// <summary>Whether the CRC is right, once the whole answer has been read.</summary>
        public bool IsIntact
        {
            get
            {
                int register = FrameCrc.Add(FrameCrc.Initial, _bytes, 0, 1);
                int crc = FrameCrc.Finish(FrameCrc.Add(register, _bytes, DataOffset, DataLength));
                int at = DataOffset + DataLength;
                return crc == ((_bytes[at] << 8) | _bytes[at + 1]);
            }
        }

        /// <summary>A copy of the data.</summary>
        public byte[] CopyData()
        {
            byte[] data = new byte[DataLength];
            CopyData(data, 0);
            return data;
        }

        /// <summary>Copies the data to a place in an array.</summary>
        public void CopyData(byte[] destination, int offset)
        {
            Array.Copy(_bytes, DataOffset, destination, offset, DataLength);
        }

        /// <summary>
        /// Whether the data is the same as a part of an array, compared in a time that does not depend on where they differ.
        /// </summary>
        public bool DataEquals(byte[] expected, int offset)
        {
            int difference = 0;
            for (int i = 0; i < DataLength; i++)
            {
                difference |= _bytes[DataOffset + i] ^ expected[offset + i];
            }

            return difference == 0;
        }

        /// <summary>Wipes the buffer: it may have held a secret.</summary>
        public void Clear()
        {
            Array.Clear(_bytes, 0, _bytes.Length);
        }
    }
}
