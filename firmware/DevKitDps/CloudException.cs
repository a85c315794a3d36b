using System;

namespace DevKit.Dps
{
    /// <summary>Why the cloud can't be reached or will not have this device, and what to do about it.</summary>
    public sealed class CloudException : Exception
    {
        /// <summary>Describes a failure.</summary>
        /// <param name="screen">What is wrong, in the few words that a screen holds.</param>
        /// <param name="screenRemedy">What to do, likewise: three lines of 16 letters are shown large.</param>
        /// <param name="message">What is wrong, with the value that is.</param>
        /// <param name="remedy">What to do about it.</param>
        /// <param name="isFinal">Whether trying again soon is pointless: the user or the cloud's owner has to act.</param>
        public CloudException(string screen, string screenRemedy, string message, string remedy, bool isFinal)
            : base(message)
        {
            Screen = screen;
            ScreenRemedy = screenRemedy;
            Remedy = remedy;
            IsFinal = isFinal;
        }

        /// <summary>What is wrong, in the few words that a screen holds.</summary>
        public string Screen { get; }

        /// <summary>What to do, likewise.</summary>
        public string ScreenRemedy { get; }

        /// <summary>What to do about it.</summary>
        public string Remedy { get; }

        /// <summary>Whether trying again soon is pointless.</summary>
        public bool IsFinal { get; }

        /// <summary>The least pause before the next try, in seconds, as the service asked for; 0 when it did not.</summary>
        public int RetryAfter { get; set; }
    }
}
