using System;

namespace DevKit.Dps.Time
{
    /// <summary>
    /// Pauses between tries: they double up to a bound, and half of each is random, so that a fleet does not come back all at once.
    /// </summary>
    public sealed class Backoff
    {
        private readonly Random _random;
        private readonly int _first;
        private readonly int _most;
        private int _next;

        /// <summary>Makes a row of pauses.</summary>
        /// <param name="random">Where the random half comes from.</param>
        /// <param name="firstSeconds">The first pause at the most.</param>
        /// <param name="mostSeconds">The longest pause.</param>
        public Backoff(Random random, int firstSeconds, int mostSeconds)
        {
            _random = random;
            _first = firstSeconds;
            _most = mostSeconds;
            _next = firstSeconds;
        }

        /// <summary>The next pause in milliseconds.</summary>
        public int Next()
        {
            int half = _next * 500;
            _next = _next > _most / 2 ? _most : _next * 2;
            return half + 1 + _random.Next(half);
        }

        /// <summary>Starts the row again, after a success.</summary>
        public void Reset()
        {
            _next = _first;
        }
    }
}
