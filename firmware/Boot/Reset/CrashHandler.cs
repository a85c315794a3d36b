using System;
using System.Threading;
using DevKit.Board;

namespace DevKit.Boot
{
    /// <summary>
    /// Runs the application and waits for it to fail, on whichever of its threads: the failure is shown, and after a pause that
    /// grows from crash to crash the board is started again.
    /// </summary>
    public sealed class CrashHandler : ICrashReporter
    {
        private const int FirstPauseSeconds = 5;
        private const int MostPauseSeconds = 300;

        // An application that ran for so long was well: its next crash is the first of a new row.
        private const int WellAfterSeconds = 300;

        private readonly ManualResetEvent _failed = new ManualResetEvent(false);
        private readonly object _lock = new object();
        private Exception _failure;

        /// <inheritdoc/>
        public void Report(Exception failure)
        {
            lock (_lock)
            {
                if (_failure == null)
                {
                    _failure = failure;
                }
            }

            _failed.Set();
        }

        /// <inheritdoc/>
        public Thread StartThread(ThreadStart start)
        {
            Thread thread = new Thread(() => Guard(start));
            thread.Start();
            return thread;
        }

        /// <summary>Runs the application until it fails; an application that returns has failed too.</summary>
        /// <returns>What it failed with.</returns>
        public Exception Run(IApplication application, Handover handover)
        {
            StartThread(() =>
            {
                application.Run(handover);
                throw new InvalidOperationException("The application ended.");
            });
            if (!_failed.WaitOne(WellAfterSeconds * 1000, false))
            {
                BootRecord.Announce(ResetReason.ResetButton, 0);
                _failed.WaitOne();
            }

            return _failure;
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

        private void Guard(ThreadStart start)
        {
            try
            {
                start();
            }
            catch (Exception e)
            {
                Report(e);
            }
        }
    }
}
