using DevKit.Board.Display;

namespace DevKit.Board
{
    /// <summary>How a stage tells the user what it does: lines on serial, a screen on the OLED, the lights.</summary>
    public sealed class StatusPanel
    {
        private readonly TextDisplay _display;

        /// <summary>Puts the three together.</summary>
        public StatusPanel(SerialConsole serial, TextDisplay display, StatusLights lights)
        {
            Serial = serial;
            _display = display;
            Lights = lights;
        }

        /// <summary>The serial console.</summary>
        public SerialConsole Serial { get; }

        /// <summary>The lights.</summary>
        public StatusLights Lights { get; }

        /// <summary>Prints a line on serial.</summary>
        public void Log(string line)
        {
            Serial.WriteLine(line);
        }

        /// <summary>Shows a screen: a title and up to three lines, which are wrapped or cut to fit.</summary>
        public void Show(string title, string line1, string line2, string line3)
        {
            _display.Show(title, line1, line2, line3);
        }

        /// <summary>Reports a fault that needs the user: in full on serial, in short on the OLED, by a red light.</summary>
        public void ShowError(Notice notice)
        {
            Log("ERROR: " + notice.Message);
            Log("       " + notice.Remedy);
            Show(notice.Screen, notice.NeedsConsole && !Serial.IsOpen ? "Needs an image with a serial port" : notice.ScreenRemedy, "", "");
            Lights.ShowError();
        }
    }
}
