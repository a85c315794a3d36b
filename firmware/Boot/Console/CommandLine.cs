using System;
using System.Text;

namespace DevKit.Boot.Console
{
    /// <summary>
    /// A typed line, split into words: blanks separate, <c>"a b"</c> groups, <c>\"</c> and <c>\ </c> stand for themselves.
    /// Words stay bytes, so that a secret can be wiped.
    /// </summary>
    public sealed class CommandLine
    {
        /// <summary>The most words that a line may have, command included.</summary>
        public const int MaxWords = 4;

        /// <summary>What to do about too many words.</summary>
        public const string TooManyWords =
            "Too many words: put a value that has blanks into double quotes, as in set_wifissid \"my network\"";

        private readonly byte[][] _words = new byte[MaxWords][];

        private CommandLine()
        {
        }

        /// <summary>Number of words, command included; 0 for a blank line.</summary>
        public int Count { get; private set; }

        /// <summary>The command's name.</summary>
        public string Name
        {
            get { return Count == 0 ? "" : GetText(0); }
        }

        /// <summary>Splits a line.</summary>
        /// <param name="line">The bytes typed.</param>
        /// <param name="length">How many of them count.</param>
        /// <param name="problem">What is wrong with the line, or null.</param>
        /// <returns>The words, or null when there is a problem.</returns>
        public static CommandLine Parse(byte[] line, int length, out string problem)
        {
            CommandLine result = new CommandLine();
            byte[] word = new byte[length];
            try
            {
                int position = 0;
                while (true)
                {
                    position = SkipBlanks(line, length, position);
                    if (position == length)
                    {
                        problem = null;
                        return result;
                    }

                    position = ReadWord(line, length, position, word, out int wordLength);
                    if (position < 0)
                    {
                        problem = "Syntax error";
                        result.Clear();
                        return null;
                    }

                    if (result.Count == MaxWords)
                    {
                        problem = TooManyWords;
                        result.Clear();
                        return null;
                    }

                    byte[] copy = new byte[wordLength];
                    Array.Copy(word, 0, copy, 0, wordLength);
                    result._words[result.Count++] = copy;
                }
            }
            finally
            {
                Array.Clear(word, 0, word.Length);
            }
        }

        /// <summary>
        /// Where the first word ends while a line is being typed.
        /// </summary>
        /// <param name="line">The bytes typed so far.</param>
        /// <param name="length">How many of them count.</param>
        /// <param name="name">The word, unquoted, once a blank follows it; else null.</param>
        public static void FindName(byte[] line, int length, out string name)
        {
            name = null;
            int start = SkipBlanks(line, length, 0);
            byte[] word = new byte[length];
            int end = ReadWord(line, length, start, word, out int wordLength);
            if (end > start && end < length)
            {
                name = Encoding.UTF8.GetString(word, 0, wordLength);
            }
        }

        /// <summary>A word as bytes. The caller does not keep it: <see cref="Clear"/> wipes it.</summary>
        public byte[] GetBytes(int index)
        {
            return _words[index];
        }

        /// <summary>A word as text.</summary>
        public string GetText(int index)
        {
            return Encoding.UTF8.GetString(_words[index], 0, _words[index].Length);
        }

        /// <summary>Wipes every word.</summary>
        public void Clear()
        {
            for (int i = 0; i < Count; i++)
            {
                Array.Clear(_words[i], 0, _words[i].Length);
            }
        }

        private static int SkipBlanks(byte[] line, int length, int position)
        {
            while (position < length && line[position] == ' ')
            {
                position++;
            }

            return position;
        }

        // Returns the index behind the word, or -1 when a quote stays open.
        private static int ReadWord(byte[] line, int length, int position, byte[] word, out int wordLength)
        {
            bool quoted = false;
            wordLength = 0;
            for (; position < length; position++)
            {
                byte b = line[position];
                if (b == '\\' && position + 1 < length && (line[position + 1] == '"' || line[position + 1] == ' '))
                {
                    word[wordLength++] = line[++position];
                }
                else if (b == '"')
                {
                    quoted = !quoted;
                }
                else if (b == ' ' && !quoted)
                {
                    return position;
                }
                else
                {
                    word[wordLength++] = b;
                }
            }

            return quoted ? -1 : position;
        }
    }
}
