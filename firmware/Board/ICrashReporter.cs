using System;
using System.Threading;

namespace DevKit.Board
{
    /// <summary>
    /// Where an application's failures go. On nanoCLR an exception on a thread ends that thread unseen by anyone, so the application
    /// starts its threads here.
    /// </summary>
    public interface ICrashReporter
    {
        /// <summary>Starts a thread whose exception is reported.</summary>
        /// <param name="start">What the thread runs.</param>
        /// <returns>The thread, running.</returns>
        Thread StartThread(ThreadStart start);

        /// <summary>Reports a failure that was caught elsewhere, in a library's callback for instance.</summary>
        /// <param name="failure">The failure.</param>
        void Report(Exception failure);
    }
}
