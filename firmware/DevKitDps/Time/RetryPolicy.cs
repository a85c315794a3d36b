using System;

namespace DevKit.Dps.Time
{
    /// <summary>
    /// When the next try is. What may pass by itself is tried again after pauses that grow; what only people can mend, every five
    /// minutes: the services count, and throttle.
    /// </summary>
    public sealed class RetryPolicy
    {
        /// <summary>The pause after what only people can mend, in seconds.</summary>
        public const int FinalPauseSeconds = 5 * 60;

        /// <summary>The first of the growing pauses at the most, in seconds.</summary>
        public const int FirstPauseSeconds = 2;

        /// <summary>The longest of the growing pauses, in seconds.</summary>
        public const int MostPauseSeconds = 120;

        /// <summary>After a connection that stood for so long, in milliseconds, the pauses start to grow anew.</summary>
        public const int StableMilliseconds = 60000;

        private readonly Backoff _backoff;

        /// <summary>With a source of randomness.</summary>
        public RetryPolicy(Random random)
        {
            _backoff = new Backoff(random, FirstPauseSeconds, MostPauseSeconds);
        }

        /// <summary>The pause before the next try, in milliseconds.</summary>
        /// <param name="isFinal">Whether only people can mend what is wrong.</param>
        /// <param name="leastSeconds">What the service asked for; 0 when it did not.</param>
        public int NextPause(bool isFinal, int leastSeconds)
        {
            int pause = isFinal ? FinalPauseSeconds * 1000 : _backoff.Next();
            return pause < leastSeconds * 1000 ? leastSeconds * 1000 : pause;
        }

        /// <summary>Lets the pauses start to grow anew.</summary>
        public void Reset()
        {
            _backoff.Reset();
        }
    }
}
