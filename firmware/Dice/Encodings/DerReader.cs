using System;

namespace DevKit.Dice.Encodings
{
    /// <summary>
    /// Walks through DER elements one after another. What is not well-formed ends the walk: <see cref="Next()"/> gives false.
    /// </summary>
    internal sealed class DerReader
    {
        private readonly byte[] _bytes;
        private readonly int _end;
        private int _next;

        /// <summary>Starts in front of the first element of a range.</summary>
        internal DerReader(byte[] bytes, int start, int end)
        {
            _bytes = bytes;
            _next = start;
            _end = end;
        }

        /// <summary>The tag of the element that the reader is at.</summary>
        internal byte Tag { get; private set; }

        /// <summary>Where that element begins, with its tag.</summary>
        internal int Start { get; private set; }

        /// <summary>Where its content begins.</summary>
        internal int Content { get; private set; }

        /// <summary>The index after its last byte.</summary>
        internal int End { get; private set; }

        /// <summary>Whether nothing follows the element.</summary>
        internal bool AtEnd
        {
            get { return _next == _end; }
        }

        /// <summary>Goes to the next element.</summary>
        internal bool Next()
        {
            if (_next > _end - 2)
            {
                return false;
            }

            int content = _next + 2;
            int length = _bytes[_next + 1];
            if (length >= 0x80)
            {
                // X.690, 10.1: as few bytes as will do. Nothing here is longer than two can say.
                int more = length - 0x80;
                if (more < 1 || more > 2 || content > _end - more)
                {
                    return false;
                }

                length = _bytes[content++];
                if (more == 2)
                {
                    length = length << 8 | _bytes[content++];
                }

                if (length < (more == 1 ? 0x80 : 0x100))
                {
                    return false;
                }
            }

            if (length > _end - content)
            {
                return false;
            }

            Tag = _bytes[_next];
            Start = _next;
            Content = content;
            End = content + length;
            _next = End;
            return true;
        }

        /// <summary>Goes to the next element, which must have this tag.</summary>
        internal bool Next(byte tag)
        {
            return Next() && Tag == tag;
        }

        /// <summary>A reader of the element's content.</summary>
        internal DerReader Enter()
        {
            return new DerReader(_bytes, Content, End);
        }

        /// <summary>A copy of the whole element, tag and all.</summary>
        internal byte[] ToArray()
        {
            return Copy(Start);
        }

        /// <summary>A copy of the element's content.</summary>
        internal byte[] ContentToArray()
        {
            return Copy(Content);
        }

        /// <summary>Whether the element's content is these bytes.</summary>
        internal bool ContentIs(byte[] content)
        {
            if (End - Content != content.Length)
            {
                return false;
            }

            for (int i = 0; i < content.Length; i++)
            {
                if (_bytes[Content + i] != content[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a bit of a BIT STRING is set; bit 0 is the first byte's highest.</summary>
        internal bool HasBit(int bit)
        {
            int at = Content + 1 + bit / 8;
            return at < End && (_bytes[at] >> (7 - bit % 8) & 1) != 0;
        }

        private byte[] Copy(int from)
        {
            byte[] copy = new byte[End - from];
            Array.Copy(_bytes, from, copy, 0, copy.Length);
            return copy;
        }
    }
}
