using DevKit.Board.Display;

namespace DevKit.Board
{
    /// <summary>How a stage notifies the user of what it does: lines on serial, a screen on the OLED, the lights.</summary>
    /// <remarks>
    /// Texts may come from a network, a cloud or a chip: what is printed or shown is one line of bounded length without control
    /// characters, whatever the text.
    /// </remarks>
    public sealed class StatusPanel
    {
        /// <summary>The characters of a text that are printed or shown at the most; of a longer one the last three are dots.</summary>
        public const int LongestText = 512;

        private readonly SerialConsole _serial;
        private readonly TextDisplay _display;

        /// <summary>Puts the three together.</summary>
        public StatusPanel(SerialConsole serial, TextDisplay display, StatusLights lights)
        {
            _serial = serial;
            _display = display;
            Lights = lights;
        }

        /// <summary>The lights.</summary>
        public StatusLights Lights { get; }

        /// <summary>Prints a line on serial.</summary>
        public void Log(string line)
        {
            _serial.WriteLine(ToLine(line));
        }

        /// <summary>Shows a screen: a title and up to three lines, which are wrapped or cut to fit. Null is a blank line.</summary>
        public void Show(string title, string line1, string line2, string line3)
        {
            _display.Show(ToLine(title), ToLine(line1), ToLine(line2), ToLine(line3));
        }

        /// <summary>Reports a fault that needs the user: in full on serial, in short on the OLED, by a red light.</summary>
        public void ShowError(Notice notice)
        {
            ShowError(notice, "");
        }

        /// <summary>Reports a fault, and what the board does about it by itself.</summary>
        /// <param name="notice">The fault.</param>
        /// <param name="next">What comes next, and when, in the few words that a screen holds; empty for nothing.</param>
        public void ShowError(Notice notice, string next)
        {
            Log("ERROR: " + notice.Message);
            Log("       " + notice.Remedy);
            if (next.Length > 0)
            {
                Log("       " + next);
            }

            string remedy = notice.NeedsConsole && !_serial.IsOpen ? "Needs an image with a serial port" : notice.ScreenRemedy;
            Show(notice.Screen, remedy, "", next);
            Lights.ShowError();
        }

        private static string ToLine(string text)
        {
            if (text == null)
            {
                return "";
            }

            bool isTooLong = text.Length > LongestText;
            char[] characters = (isTooLong ? text.Substring(0, LongestText - 3) + "..." : text).ToCharArray();
            bool isChanged = isTooLong;
            for (int i = 0; i < characters.Length; i++)
            {
                if (IsControl(characters[i]))
                {
                    characters[i] = ' ';
                    isChanged = true;
                }
            }

            return isChanged ? new string(characters) : text;
        }

        // Unicode's categories Cc (C0, DEL, C1), Zl and Zp.
        private static bool IsControl(char c)
        {
            return c < ' ' || (c >= '\u007F' && c <= '\u009F') || c == '\u2028' || c == '\u2029';
        }
    }
}
