using System;
using System.Text;

namespace DevKit.Azure.Json
{
    /// <summary>
    /// Reads JSON (RFC 8259) out of the bytes of a message: forward only, without a tree, without reflection, allocating nothing but the
    /// texts that are asked for. Whatever the bytes are, it comes to <see cref="JsonToken.End"/> or to <see cref="JsonToken.Invalid"/>.
    /// </summary>
    /// <example>
    /// <code>
    /// JsonReader json = new JsonReader(bytes);
    /// for (bool more = json.OpenObject(); more &amp;&amp; json.Read() == JsonToken.Name;)
    /// {
    ///     if (json.IsText("status")) { status = json.ReadText(); } else { json.SkipValue(); }
    /// }
    /// bool isWhole = json.Close();
    /// </code>
    /// </example>
    public sealed class JsonReader
    {
        /// <summary>How deep objects and arrays may be nested. A twin may be 10 deep, and has an object around it.</summary>
        public const int MaximumDepth = 16;

        /// <summary>
        /// The most bytes of a document: as many as a twin can have, whose desired and reported properties are 32 KiB each at the most,
        /// and what stands around them.
        /// </summary>
        public const int MaximumLength = 72 * 1024;

        private readonly byte[] _bytes;
        private readonly JsonScanner _scanner;

        // Which of the levels are objects: bit 0 is the outermost.
        private int _objects;
        private int _depth;
        private Expected _expected = Expected.Value;

        /// <summary>For a document.</summary>
        /// <param name="utf8">Its bytes; null has none.</param>
        public JsonReader(byte[] utf8)
        {
            _bytes = utf8 ?? new byte[0];
            _scanner = new JsonScanner(_bytes);
            Token = _bytes.Length > MaximumLength ? JsonToken.Invalid : JsonToken.None;
        }

        private enum Expected : byte
        {
            Value,
            FirstOrEnd,
            Name,
            CommaOrEnd,
            Nothing,
        }

        /// <summary>What was read last.</summary>
        public JsonToken Token { get; private set; }

        /// <summary>Whether the number that was read last is written without fraction and exponent.</summary>
        public bool IsInteger
        {
            get { return Token == JsonToken.Number && _scanner.IsInteger; }
        }

        private bool IsInObject
        {
            get { return ((_objects >> (_depth - 1)) & 1) != 0; }
        }

        /// <summary>Reads on.</summary>
        /// <returns>What it read; also in <see cref="Token"/>.</returns>
        public JsonToken Read()
        {
            if (Token != JsonToken.End && Token != JsonToken.Invalid)
            {
                Token = ReadNext();
            }

            return Token;
        }

        /// <summary>Reads on, and tells whether an object starts there. Any other value is skipped.</summary>
        public bool OpenObject()
        {
            return Open(JsonToken.StartObject);
        }

        /// <summary>Reads on, and tells whether an array starts there. Any other value is skipped.</summary>
        public bool OpenArray()
        {
            return Open(JsonToken.StartArray);
        }

        /// <summary>Reads on to the end of the document.</summary>
        /// <returns>Whether nothing stands there but blanks, and all before it was JSON.</returns>
        public bool Close()
        {
            return Read() == JsonToken.End;
        }

        /// <summary>Reads the value that comes.</summary>
        /// <returns>Its text if it is a string; null if it is anything else, which is skipped.</returns>
        public string ReadText()
        {
            Read();
            if (Token == JsonToken.Text)
            {
                return GetText();
            }

            Skip();
            return null;
        }

        /// <summary>Reads the value that comes.</summary>
        /// <returns>The number, as <see cref="GetInt32"/> gives it; 0 if it is anything else, which is skipped.</returns>
        public int ReadInt32()
        {
            Read();
            if (Token == JsonToken.Number)
            {
                return GetInt32();
            }

            Skip();
            return 0;
        }

        /// <summary>Reads the value that comes, whole, and with all that is in it.</summary>
        /// <returns>Its bytes as they stand there; null if it is null, or no JSON.</returns>
        public byte[] ReadRaw()
        {
            Read();
            int start = _scanner.TokenStart;
            bool isNull = Token == JsonToken.Null;
            Skip();
            if (isNull || Token == JsonToken.Invalid || Token == JsonToken.End)
            {
                return null;
            }

            byte[] value = new byte[_scanner.Position - start];
            Array.Copy(_bytes, start, value, 0, value.Length);
            return value;
        }

        /// <summary>Reads the value that comes, whole, and leaves it.</summary>
        public void SkipValue()
        {
            Read();
            Skip();
        }

        /// <summary>Whether the name or string that was read last is a certain text.</summary>
        /// <param name="text">ASCII.</param>
        public bool IsText(string text)
        {
            if (Token != JsonToken.Name && Token != JsonToken.Text)
            {
                return false;
            }

            return _scanner.IsEscaped ? GetText() == text : _scanner.IsContent(text);
        }

        /// <summary>
        /// The text of the name or string that was read last. U+0000 and halves of surrogate pairs are U+FFFD in it: nanoCLR's strings
        /// end at a NUL, and have no halves.
        /// </summary>
        public string GetText()
        {
            if (!_scanner.IsEscaped)
            {
                return Encoding.UTF8.GetString(_bytes, _scanner.ContentStart, _scanner.ContentLength);
            }

            byte[] text = JsonEscapes.Decode(_bytes, _scanner.ContentStart, _scanner.ContentLength, out int length);
            return Encoding.UTF8.GetString(text, 0, length);
        }

        /// <summary>
        /// The number that was read last, without what stands behind its point. One that is too large is
        /// <see cref="int.MaxValue"/>, one that is too small -<see cref="int.MaxValue"/>.
        /// </summary>
        public int GetInt32()
        {
            return JsonNumber.ToInt32(_bytes, _scanner.ContentStart, _scanner.ContentLength);
        }

        private bool Open(JsonToken start)
        {
            if (Read() == start)
            {
                return true;
            }

            Skip();
            return false;
        }

        /// <summary>Reads from the start of an object or array, where it stands, to its end; any other value is left as it is.</summary>
        public void Skip()
        {
            if (Token != JsonToken.StartObject && Token != JsonToken.StartArray)
            {
                return;
            }

            int depth = _depth - 1;
            while (_depth > depth && Token != JsonToken.Invalid)
            {
                Read();
            }
        }

        private JsonToken ReadNext()
        {
            int c = _scanner.PeekPastBlanks();
            if (c < 0)
            {
                return _expected == Expected.Nothing ? JsonToken.End : JsonToken.Invalid;
            }

            bool isEndAllowed = _expected == Expected.FirstOrEnd || _expected == Expected.CommaOrEnd;
            if (isEndAllowed && c == (IsInObject ? '}' : ']'))
            {
                return CloseLevel();
            }

            if (_expected == Expected.CommaOrEnd)
            {
                if (c != ',')
                {
                    return JsonToken.Invalid;
                }

                c = _scanner.PeekPastComma();
            }

            if (isEndAllowed)
            {
                _expected = IsInObject ? Expected.Name : Expected.Value;
            }

            return _expected == Expected.Value ? ReadValue(c) : _expected == Expected.Name ? ReadName(c) : JsonToken.Invalid;
        }

        private JsonToken ReadName(int c)
        {
            if (c != '"' || !_scanner.ScanString() || !_scanner.ScanColon())
            {
                return JsonToken.Invalid;
            }

            _expected = Expected.Value;
            return JsonToken.Name;
        }

        private JsonToken ReadValue(int c)
        {
            switch (c)
            {
                case '{':
                    return OpenLevel(1, JsonToken.StartObject);
                case '[':
                    return OpenLevel(0, JsonToken.StartArray);
                case '"':
                    return EndValue(_scanner.ScanString(), JsonToken.Text);
                case 't':
                    return EndValue(_scanner.ScanWord("true"), JsonToken.True);
                case 'f':
                    return EndValue(_scanner.ScanWord("false"), JsonToken.False);
                case 'n':
                    return EndValue(_scanner.ScanWord("null"), JsonToken.Null);
                default:
                    return EndValue(_scanner.ScanNumber(), JsonToken.Number);
            }
        }

        private JsonToken EndValue(bool isValid, JsonToken token)
        {
            _expected = _depth == 0 ? Expected.Nothing : Expected.CommaOrEnd;
            return isValid ? token : JsonToken.Invalid;
        }

        private JsonToken OpenLevel(int isObject, JsonToken token)
        {
            if (_depth == MaximumDepth)
            {
                return JsonToken.Invalid;
            }

            _scanner.ScanSign();
            _objects = (_objects & ~(1 << _depth)) | (isObject << _depth);
            _depth++;
            _expected = Expected.FirstOrEnd;
            return token;
        }

        private JsonToken CloseLevel()
        {
            JsonToken token = IsInObject ? JsonToken.EndObject : JsonToken.EndArray;
            _scanner.ScanSign();
            _depth--;
            return EndValue(true, token);
        }
    }
}
