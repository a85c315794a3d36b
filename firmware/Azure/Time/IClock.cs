using System;
using System.Threading;

namespace DevKit.Azure.Time
{
    /// <summary>Time, as the application sees it. A test brings its own, on which minutes cost nothing.</summary>
    public interface IClock
    {
        /// <summary>Milliseconds since the clock was made, which is at the start: they only grow, whatever happens to the date.</summary>
        long Milliseconds { get; }

        /// <summary>Date and time, UTC.</summary>
        DateTime UtcNow { get; }

        /// <summary>Lets time pass.</summary>
        /// <param name="milliseconds">How long.</param>
        void Sleep(int milliseconds);

        /// <summary>Waits for a signal.</summary>
        /// <param name="signal">What is waited for.</param>
        /// <param name="milliseconds">How long at the most; 0 only looks.</param>
        /// <returns>Whether the signal came.</returns>
        bool Wait(WaitHandle signal, int milliseconds);
    }
}
