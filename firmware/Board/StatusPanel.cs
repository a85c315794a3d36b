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

        /// <summary>Tells of a fault that needs the user: the fault and its remedy on serial, both in short on the OLED, a red light.</summary>
        /// <param name="screen">What is wrong, in the few words that a screen holds.</param>
        /// <param name="screenRemedy">What to do, likewise.</param>
        /// <param name="message">What is wrong, with the value that is.</param>
        /// <param name="remedy">What to do about it.</param>
        public void ShowError(string screen, string screenRemedy, string message, string remedy)
        {
            Log("ERROR: " + message);
            Log("       " + remedy);
            Show(screen, screenRemedy, "", "");
            Lights.ShowError();
        }
    }
}
