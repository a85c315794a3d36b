using DevKit.Dice.Encodings;

namespace DevKit.Azure.Json
{
    /// <summary>Finds where each of JSON's tokens ends. It knows the tokens (RFC 8259, 6 and 7), not how they stand together.</summary>
    internal sealed class JsonScanner
    {
        private const int None = -1;

        private readonly byte[] _bytes;

        internal JsonScanner(byte[] bytes)
        {
            _bytes = bytes;
        }

        /// <summary>Where the next byte is read.</summary>
        internal int Position { get; private set; }

        /// <summary>Where the last token starts.</summary>
        internal int TokenStart { get; private set; }

        /// <summary>Where its content starts: of a string, behind the quote.</summary>
        internal int ContentStart { get; private set; }

        /// <summary>How many bytes its content has.</summary>
        internal int ContentLength { get; private set; }

        /// <summary>Whether the last string has escapes.</summary>
        internal bool IsEscaped { get; private set; }

        /// <summary>Whether the last number has neither fraction nor exponent.</summary>
        internal bool IsInteger { get; private set; }

        /// <summary>The next byte that is no blank, which is not read yet; -1 at the end.</summary>
        internal int PeekPastBlanks()
        {
            while (Position < _bytes.Length)
            {
                byte c = _bytes[Position];
                if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
                {
                    return c;
                }

                Position++;
            }

            return None;
        }

        /// <summary>Reads the comma, and looks at what follows.</summary>
        internal int PeekPastComma()
        {
            Position++;
            return PeekPastBlanks();
        }

        /// <summary>Whether the content is this text.</summary>
        internal bool IsContent(string text)
        {
            if (text.Length != ContentLength)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (_bytes[ContentStart + i] != text[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Reads a brace or a bracket.</summary>
        internal void ScanSign()
        {
            TokenStart = Position;
            Position++;
        }

        /// <summary>Reads the colon behind a name.</summary>
        internal bool ScanColon()
        {
            bool isThere = PeekPastBlanks() == ':';
            Position++;
            return isThere;
        }

        /// <summary>Reads true, false or null.</summary>
        internal bool ScanWord(string word)
        {
            TokenStart = ContentStart = Position;
            ContentLength = word.Length;
            Position += word.Length;
            return Position <= _bytes.Length && IsContent(word);
        }

        /// <summary>Reads a string, at whose quote it stands.</summary>
        /// <returns>Whether it is one: closed, UTF-8, without control characters, its escapes known.</returns>
        internal bool ScanString()
        {
            byte[] bytes = _bytes;
            TokenStart = Position;
            ContentStart = Position + 1;
            IsEscaped = false;
            int at = ContentStart;
            while (at < bytes.Length)
            {
                byte c = bytes[at];
                if (c == '"')
                {
                    ContentLength = at - ContentStart;
                    Position = at + 1;
                    return true;
                }

                int length = c == '\\' ? JsonEscapes.FindLength(bytes, at)
                    : c < ' ' ? 0
                    : c < 0x80 ? 1
                    : Utf8.FindLength(bytes, at, bytes.Length);
                if (length == 0)
                {
                    return false;
                }

                IsEscaped |= c == '\\';
                at += length;
            }

            return false;
        }

        /// <summary>Reads a number, at whose first character it stands.</summary>
        internal bool ScanNumber()
        {
            TokenStart = ContentStart = Position;
            IsInteger = true;
            if (Peek() == '-')
            {
                Position++;
            }

            // No digit follows a leading zero.
            if (Peek() == '0')
            {
                Position++;
            }
            else if (!ScanDigits())
            {
                return false;
            }

            if (Peek() == '.')
            {
                IsInteger = false;
                Position++;
                if (!ScanDigits())
                {
                    return false;
                }
            }

            if (Peek() == 'e' || Peek() == 'E')
            {
                IsInteger = false;
                Position++;
                if (Peek() == '+' || Peek() == '-')
                {
                    Position++;
                }

                if (!ScanDigits())
                {
                    return false;
                }
            }

            ContentLength = Position - ContentStart;
            return true;
        }

        private int Peek()
        {
            return Position < _bytes.Length ? _bytes[Position] : None;
        }

        private bool ScanDigits()
        {
            int start = Position;
            while (Peek() >= '0' && Peek() <= '9')
            {
                Position++;
            }

            return Position > start;
        }
    }
}
