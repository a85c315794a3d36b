namespace DevKit.Board
{
    /// <summary>Something that the user has to know, and what to do about it: in a few words for the screen, in full for serial.</summary>
    public sealed class Notice
    {
        /// <summary>Describes it.</summary>
        /// <param name="screen">What is wrong, in the few words that a screen holds.</param>
        /// <param name="screenRemedy">What to do, likewise: three lines of 16 letters are shown large.</param>
        /// <param name="message">What is wrong, with the value that is.</param>
        /// <param name="remedy">What to do about it.</param>
        public Notice(string screen, string screenRemedy, string message, string remedy)
        {
            Screen = screen;
            ScreenRemedy = screenRemedy;
            Message = message;
            Remedy = remedy;
        }

        /// <summary>What is wrong, in the few words that a screen holds.</summary>
        public string Screen { get; }

        /// <summary>What to do, likewise.</summary>
        public string ScreenRemedy { get; }

        /// <summary>What is wrong, with the value that is.</summary>
        public string Message { get; }

        /// <summary>What to do about it.</summary>
        public string Remedy { get; }

        /// <summary>Whether the remedy takes the console, which an image without a serial port does not have.</summary>
        public bool NeedsConsole { get; set; }
    }
}
