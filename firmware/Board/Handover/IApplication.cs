namespace DevKit.Board.Handover
{
    /// <summary>
    /// The measured application: Boot finds the class that implements this in the image that it measured, makes it by its
    /// parameterless constructor and runs it.
    /// </summary>
    public interface IApplication
    {
        /// <summary>
        /// Runs the application. When it returns, Boot starts the board again at once; whatever it throws, Boot shows, and starts the
        /// board again after a pause.
        /// </summary>
        /// <param name="handover">What the first stage hands over.</param>
        void Run(Handover handover);
    }
}
