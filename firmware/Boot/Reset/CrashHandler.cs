using System;
using System.Threading;
using DevKit.Board;
using DevKit.Board.Handover;

namespace DevKit.Boot.Reset
{
    /// <summary>
    /// Runs the application and waits for it to end: a failure is shown, and after a pause that
    /// grows from crash to crash the board is started again.
    /// </summary>
    public static class CrashHandler
    {
        private const int FirstPauseSeconds = 5;
        private const int MostPauseSeconds = 300;

        // An application that ran for so long was well: its next crash is the first of a new row.
        private const int WellAfterSeconds = 300;

        /// <summary>
        /// Runs the application, on a thread of its own, until it ends: an exception that no thread catches would end that thread unseen
        /// on nanoCLR.
        /// </summary>
        /// <returns>What it failed with; null when it returned, by which it asks for a restart.</returns>
        public static Exception Run(IApplication application, Handover handover)
        {
            Exception failure = null;
            ManualResetEvent ended = new ManualResetEvent(false);
            new Thread(() =>
            {
                try
                {
                    application.Run(handover);
                }
                catch (Exception e)
                {
                    failure = e;
                }

                ended.Set();
            }).Start();
            if (!ended.WaitOne(WellAfterSeconds * 1000, false))
            {
                BootRecord.Announce(ResetReason.ResetButton, 0);
                ended.WaitOne();
            }

            return failure;
        }

        /// <summary>How many crashes in a row there are after one more.</summary>
        /// <param name="before">How many there were when the board started.</param>
        /// <param name="uptimeSeconds">How long the board has run.</param>
        public static int CountCrash(int before, long uptimeSeconds)
        {
            return uptimeSeconds >= WellAfterSeconds ? 1 : before + 1;
        }

        /// <summary>How long to wait before the next start, in seconds.</summary>
        /// <param name="crashesInARow">How many crashes in a row there are, at least 1.</param>
        public static int FindPause(int crashesInARow)
        {
            int pause = FirstPauseSeconds;
            for (int i = 1; i < crashesInARow && pause < MostPauseSeconds; i++)
            {
                pause *= 2;
            }

            return pause < MostPauseSeconds ? pause : MostPauseSeconds;
        }
    }
}
