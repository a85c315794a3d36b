using System;
using DevKit.StSafe;
using DevKit.StSafe.Frames;

namespace DevKit.Boot.Settings
{
    /// <summary>
    /// Lets a text that needs several updates take the place of another such text so that a power cut at any instant leaves one of
    /// the two, whole. The new text's tail, what lies behind its first 180 bytes, is first laid down at the end of the text's zones,
    /// with a header in their last 8 bytes:
    /// <c>A7 | state | length of the text with NUL (2) | CRC-32 of it (4)</c>, big-endian.
    /// Then one atomic update of the head puts the new text in force: from then on head and laid-down tail agree with the CRC.
    /// </summary>
    internal sealed class TextJournal
    {
        private const int HeaderLength = 8;
        private const int HeadLength = StSafeA100.MaxDataLength;
        private const int Magic = 0xA7;

        // A tail is being laid down or wiped: what stands there is ours, and means nothing.
        private const int Open = 1;

        // The tail stands whole.
        private const int Complete = 2;

        private readonly ZoneSpace _space;

        internal TextJournal(ZoneSpace space)
        {
            _space = space;
        }

        /// <summary>Why a new text cannot take an old one's place, as a sentence; null when it can.</summary>
        /// <param name="length">Bytes of the new text with its NUL.</param>
        /// <param name="oldLength">Bytes of the old one.</param>
        internal string FindObstacle(int length, int oldLength)
        {
            const string Remedy = " Clear the setting first, then set it.";
            int start = StartOfTail(length);
            if (start < length || start < oldLength)
            {
                return "There is no room to keep the old value until the new one of " + (length - 1).ToString() + " bytes stands whole."
                    + Remedy;
            }

            return _space.IsBlank(start, _space.Length - start)
                ? null
                : "The room needed to keep the old value until the new one stands whole holds bytes of another origin." + Remedy;
        }

        /// <summary>Lays down the tail of a new text.</summary>
        /// <param name="text">The text with its NUL.</param>
        /// <param name="length">How many bytes that are, over 180.</param>
        internal void Write(byte[] text, int length)
        {
            uint crc = StoredBytes.AddToCrc32(uint.MaxValue, text, length);
            WriteHeader(Open, length, crc);
            _space.Write(StartOfTail(length), text, HeadLength, length - HeadLength);
            WriteHeader(Complete, length, crc);
        }

        /// <summary>The laid-down tail that belongs to a head.</summary>
        /// <param name="head">The first 180 bytes in the text's zone.</param>
        /// <returns>The tail with its NUL; null when there is none, or when it belongs to a text that never came into force.</returns>
        internal byte[] FindTail(byte[] head)
        {
            byte[] header = ReadHeader();
            if (header == null || header[1] != Complete)
            {
                return null;
            }

            int length = LengthIn(header);
            byte[] tail = _space.Read(StartOfTail(length), length - HeadLength);
            uint crc = StoredBytes.AddToCrc32(StoredBytes.AddToCrc32(uint.MaxValue, head, HeadLength), tail, tail.Length);
            if (crc == CrcIn(header))
            {
                return tail;
            }

            Array.Clear(tail, 0, tail.Length);
            return null;
        }

        /// <summary>Whether something is laid down, be it complete or not.</summary>
        internal bool IsInUse()
        {
            return ReadHeader() != null;
        }

        /// <summary>Wipes what is laid down; the header goes last, so that an interrupted wiping is known as such.</summary>
        /// <param name="textLength">Bytes of the text that stands in its place: nothing of it is touched.</param>
        internal void Empty(int textLength)
        {
            byte[] header = ReadHeader();
            if (header == null || StartOfTail(LengthIn(header)) < textLength)
            {
                return;
            }

            int length = LengthIn(header);
            WriteHeader(Open, length, 0);
            _space.Wipe(StartOfTail(length), length - HeadLength);
            _space.Write(_space.Length - HeaderLength, new byte[HeaderLength], 0, HeaderLength);
        }

        private static int LengthIn(byte[] header)
        {
            return (header[2] << 8) | header[3];
        }

        private static uint CrcIn(byte[] header)
        {
            return ((uint)header[4] << 24) | ((uint)header[5] << 16) | ((uint)header[6] << 8) | header[7];
        }

        private int StartOfTail(int length)
        {
            return _space.Length - HeaderLength - (length - HeadLength);
        }

        private byte[] ReadHeader()
        {
            byte[] header = _space.Read(_space.Length - HeaderLength, HeaderLength);
            int length = LengthIn(header);
            bool isOurs = header[0] == Magic && (header[1] == Open || header[1] == Complete)
                && length > HeadLength && StartOfTail(length) >= length;
            return isOurs ? header : null;
        }

        private void WriteHeader(int state, int length, uint crc)
        {
            byte[] header =
            {
                Magic, (byte)state, (byte)(length >> 8), (byte)length,
                (byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc,
            };
            _space.Write(_space.Length - HeaderLength, header, 0, HeaderLength);
        }
    }
}
