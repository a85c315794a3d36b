using System;
using System.Threading;

namespace DevKit.Azure.Time
{
    /// <summary>The board's own time.</summary>
    public sealed class BoardClock : IClock
    {
        private readonly long _start = Environment.TickCount64;

        /// <inheritdoc/>
        public long Milliseconds
        {
            get { return Environment.TickCount64 - _start; }
        }

        /// <inheritdoc/>
        public DateTime UtcNow
        {
            get { return DateTime.UtcNow; }
        }

        /// <inheritdoc/>
        public void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }

        /// <inheritdoc/>
        public bool Wait(WaitHandle signal, int milliseconds)
        {
            return signal.WaitOne(milliseconds, false);
        }
    }
}
