namespace DevKit.Boot.Console
{
    /// <summary>The last few lines, for the arrow keys.</summary>
    public sealed class LineHistory
    {
        private const int Kept = 8;

        private readonly string[] _lines = new string[Kept];
        private int _count;
        private int _shown = -1;

        /// <summary>Adds a line; one like the last is not added again.</summary>
        public void Add(string line)
        {
            if (_count > 0 && _lines[0] == line)
            {
                return;
            }

            for (int i = Kept - 1; i > 0; i--)
            {
                _lines[i] = _lines[i - 1];
            }

            _lines[0] = line;
            if (_count < Kept)
            {
                _count++;
            }
        }

        /// <summary>Starts anew behind the last line.</summary>
        public void Rewind()
        {
            _shown = -1;
        }

        /// <summary>The line before the one shown, or null when there is none.</summary>
        public string Older()
        {
            return _shown + 1 < _count ? _lines[++_shown] : null;
        }

        /// <summary>The line after the one shown: empty behind the last, null when that is shown already.</summary>
        public string Newer()
        {
            if (_shown < 0)
            {
                return null;
            }

            _shown--;
            return _shown < 0 ? "" : _lines[_shown];
        }
    }
}
