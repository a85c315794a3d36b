using DevKit.Azure.Time;
using DevKit.Board;
using DevKit.Dps.Time;

namespace DevKit.Dps.Session
{
    /// <summary>Blinks the user LED, a step at a time: whoever waits for something else meanwhile lets it go on.</summary>
    public sealed class Blinker
    {
        /// <summary>How long the LED is on, and how long it is off, in milliseconds.</summary>
        public const int StepMilliseconds = 250;

        private readonly StatusLights _lights;
        private readonly IClock _clock;
        private int _stepsLeft;
        private long _next;

        /// <summary>For a board.</summary>
        public Blinker(StatusLights lights, IClock clock)
        {
            _lights = lights;
            _clock = clock;
        }

        /// <summary>How long it is until the next step, in milliseconds; <see cref="int.MaxValue"/> when there is none.</summary>
        public int MillisecondsLeft
        {
            get
            {
                long left = _stepsLeft == 0 ? int.MaxValue : _next - _clock.Milliseconds;
                return left < 0 ? 0 : (int)left;
            }
        }

        /// <summary>Begins to blink, in place of what it was at.</summary>
        /// <param name="times">How often.</param>
        public void Start(int times)
        {
            _stepsLeft = times * 2;
            _next = _clock.Milliseconds;
        }

        /// <summary>Makes the step that is due.</summary>
        public void Tick()
        {
            if (MillisecondsLeft == 0)
            {
                _lights.ShowUser(_stepsLeft % 2 == 0);
                _stepsLeft--;
                _next = _clock.Milliseconds + StepMilliseconds;
            }
        }
    }
}
