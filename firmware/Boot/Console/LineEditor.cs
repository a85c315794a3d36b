using System;
using System.Text;
using DevKit.Board;

namespace DevKit.Boot.Console
{
    /// <summary>
    /// Reads a line from the serial console: echo, erase, masking of secrets, completion of command names, recall of lines.
    /// </summary>
    public sealed class LineEditor
    {
        /// <summary>What stands before the cursor.</summary>
        public const string Prompt = "\r\n# ";

        /// <summary>The most bytes that a line holds.</summary>
        public const int Capacity = 1023;

        private const byte Backspace = 0x08;
        private const byte Tab = 0x09;
        private const byte LineFeed = 0x0A;
        private const byte CarriageReturn = 0x0D;
        private const byte Escape = 0x1B;
        private const byte Delete = 0x7F;
        private const int NothingPushedBack = -1;

        private readonly SerialConsole _serial;
        private readonly CommandTable _commands;
        private readonly LineHistory _history = new LineHistory();
        private readonly byte[] _one = new byte[1];
        private int _pushedBack = NothingPushedBack;
        private bool _endedByCarriageReturn;
        private bool _masked;

        /// <summary>Reads from a console, for the commands of a table.</summary>
        public LineEditor(SerialConsole serial, CommandTable commands)
        {
            _serial = serial;
            _commands = commands;
            Line = new byte[Capacity];
        }

        /// <summary>The line's bytes; <see cref="Length"/> of them count.</summary>
        public byte[] Line { get; }

        /// <summary>The line's length in bytes.</summary>
        public int Length { get; private set; }

        /// <summary>
        /// Reads a line up to Enter, which is not part of it.
        /// </summary>
        /// <returns>False when the line was too long: it has been dropped and the user told.</returns>
        public bool Read()
        {
            Clear();
            while (true)
            {
                byte b = NextByte();
                bool followsCarriageReturn = _endedByCarriageReturn;
                _endedByCarriageReturn = false;
                if (b == CarriageReturn || b == LineFeed)
                {
                    if (b == LineFeed && followsCarriageReturn && Length == 0)
                    {
                        continue;
                    }

                    _endedByCarriageReturn = b == CarriageReturn;
                    Remember();
                    return true;
                }

                if (!Process(b))
                {
                    return false;
                }
            }
        }

        /// <summary>Wipes the line.</summary>
        public void Clear()
        {
            Array.Clear(Line, 0, Line.Length);
            Length = 0;
            _masked = false;
            _history.Rewind();
        }

        private byte NextByte()
        {
            int b = _pushedBack == NothingPushedBack ? _serial.ReadByte() : _pushedBack;
            _pushedBack = NothingPushedBack;
            return (byte)b;
        }

        private bool Process(byte b)
        {
            if (b == Backspace || b == Delete)
            {
                Erase();
            }
            else if (b == Tab)
            {
                Complete();
            }
            else if (b == Escape)
            {
                ReadEscapeSequence();
            }
            else if (b >= 0x20)
            {
                if (Length == Capacity)
                {
                    DropOverlongLine();
                    return false;
                }

                Append(b);
            }

            return true;
        }

        private void Append(byte b)
        {
            Line[Length++] = b;
            _one[0] = _masked ? (byte)'*' : b;
            _serial.Write(_one, 0, 1);
            if (b == ' ')
            {
                UpdateMask();
            }
        }

        private void Erase()
        {
            if (Length == 0)
            {
                return;
            }

            // A character of several UTF-8 bytes is one place on the screen, unless it is shown as one asterisk a byte.
            while (!_masked && Length > 1 && (Line[Length - 1] & 0xC0) == 0x80)
            {
                Line[--Length] = 0;
            }

            Line[--Length] = 0;
            _serial.Write("\b \b");
            UpdateMask();
        }

        // Everything behind the name of a command that takes a secret is masked.
        private void UpdateMask()
        {
            CommandLine.FindName(Line, Length, out string name);
            ConsoleCommand command = name == null ? null : _commands.Find(name);
            _masked = command != null && command.IsSecret;
        }

        private void Complete()
        {
            // Behind a blank stands a value, perhaps a secret: it never becomes a string.
            if (Length == 0 || HasBlank())
            {
                return;
            }

            string typed = Encoding.UTF8.GetString(Line, 0, Length);
            NameCompletion names = new NameCompletion(_commands, typed);
            if (names.Count == 1)
            {
                Type(names.Common.Substring(typed.Length) + " ");
            }
            else if (names.Count > 1 && names.Common.Length > typed.Length)
            {
                Type(names.Common.Substring(typed.Length));
            }
            else if (names.Count > 1)
            {
                _serial.Write("\r\n" + names.Names + Prompt + typed);
            }
        }

        private bool HasBlank()
        {
            for (int i = 0; i < Length; i++)
            {
                if (Line[i] == ' ')
                {
                    return true;
                }
            }

            return false;
        }

        private void Type(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int i = 0; i < bytes.Length && Length < Capacity; i++)
            {
                Append(bytes[i]);
            }
        }

        // ECMA-48: ESC [ parameters final, ESC O final (keypad and function keys), or ESC and one character. A byte that is part of none
        // cuts the sequence short, and counts.
        private void ReadEscapeSequence()
        {
            byte introducer = _serial.ReadByte();
            byte b = introducer;
            if (introducer == '[' || introducer == 'O')
            {
                do
                {
                    b = _serial.ReadByte();
                }
                while (introducer == '[' && b >= 0x20 && b < 0x40);
            }

            if (b < 0x20 || b >= Delete)
            {
                _pushedBack = b;
            }
            else if (b == 'A')
            {
                Recall(_history.Older());
            }
            else if (b == 'B')
            {
                Recall(_history.Newer());
            }
        }

        private void Recall(string line)
        {
            if (line == null)
            {
                return;
            }

            while (Length > 0)
            {
                Erase();
            }

            Type(line);
        }

        // A secret is never recalled, nor is anything that is no command: it may be a secret behind a mistyped name.
        private void Remember()
        {
            CommandLine words = CommandLine.Parse(Line, Length, out _);
            if (words == null || words.Count == 0)
            {
                return;
            }

            ConsoleCommand command = _commands.Find(words.Name);
            if (command != null && !command.IsSecret)
            {
                _history.Add(Encoding.UTF8.GetString(Line, 0, Length));
            }

            words.Clear();
        }

        private void DropOverlongLine()
        {
            _serial.Write("\r\nError: input buffer overflow\r\n");
            Clear();
            byte b;
            do
            {
                b = _serial.ReadByte();
            }
            while (b != CarriageReturn && b != LineFeed);

            _endedByCarriageReturn = b == CarriageReturn;
        }
    }
}
