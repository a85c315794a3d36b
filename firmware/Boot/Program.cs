using System;
using System.Threading;
using DevKit.Board;
using DevKit.Boot.Reset;
using DevKit.Dice;

namespace DevKit.Boot
{
    /// <summary>Where nanoCLR starts.</summary>
    public static class Program
    {
        // A booter that keeps the board while button A is held at reset leaves no other way than pressing it afterwards.
        private const int ButtonWindowMilliseconds = 3000;

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
                FirmwareImage measured = image == null ? FirmwareImage.WithoutApplication(BootVersion.Text) : FirmwareImage.Read(image);
                stage = new FirstStage(BoardParts.Open(), measured, ButtonWindowMilliseconds);
                stage.Run();
            }
            catch (Exception e)
            {
                Survive(stage, e);
            }
        }

        private static void Survive(FirstStage stage, Exception failure)
        {
            int crashes = BootRecord.Read().CrashesInARow + 1;
            try
            {
                if (stage != null)
                {
                    stage.RestartAfter(failure);
                }

                new SerialConsole(BoardPins.ConsolePort, BoardPins.ConsoleBaudRate).WriteLine(
                    "ERROR: The board can't be brought up: " + failure.GetType().Name + ". " + failure.Message + " It starts again.");
                Thread.Sleep(CrashHandler.FindPause(crashes) * 1000);
            }
            catch (Exception)
            {
                // Nothing is left but to start again.
            }

            Restart.Now(ResetReason.Crash, crashes);
        }
    }
}
