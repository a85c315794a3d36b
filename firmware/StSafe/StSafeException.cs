using System;
using DevKit.StSafe.Frames;

namespace DevKit.StSafe
{
    /// <summary>The chip refused a command, or the bus between did not carry it.</summary>
    public class StSafeException : Exception
    {
        /// <summary>An exception for a command that did not end well.</summary>
        /// <param name="status">How it ended.</param>
        /// <param name="message">What was tried, what came of it, and what to do.</param>
        public StSafeException(StSafeStatus status, string message)
            : base(message)
        {
            Status = status;
        }

        /// <summary>The chip's status, or the driver's finding.</summary>
        public StSafeStatus Status { get; }

        /// <summary>The exception for a command by name.</summary>
        internal static StSafeException For(string command, StSafeStatus status)
        {
            return new StSafeException(status, "STSAFE-A100, " + command + ": " + StatusText.Describe(status) + ".");
        }
    }
}
