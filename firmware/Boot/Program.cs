using System;
using System.Threading;

namespace DevKit.Boot
{
    /// <summary>Where nanoCLR starts.</summary>
    public static class Program
    {
        private const int PauseMilliseconds = 5000;

        /// <summary>Runs the first stage with the application image that this build carries.</summary>
        public static void Main()
        {
            Run(MeasuredImage.Read());
        }

        /// <summary>
        /// Runs the first stage. An exception that left Main would end nanoCLR without a word, whichever it is: running out of
        /// memory was seen to.
        /// </summary>
        /// <param name="image">The application image, or null in a build without one.</param>
        public static void Run(byte[] image)
        {
            FirstStage stage = null;
            try
            {
                stage = new FirstStage(BoardParts.Open(), image);
                stage.Run();
            }
            catch (Exception e)
            {
                if (stage != null)
                {
                    stage.RestartAfter(e);
                }
            }

            Thread.Sleep(PauseMilliseconds);
            Restart.Now(ResetReason.Crash, 0);
        }
    }
}
