using System.Text;
using DevKit.Azure;
using DevKit.Azure.Time;
using DevKit.Dps.Time;

namespace DevKit.Dps.Session
{
    /// <summary>Makes a telemetry message at each interval, whether or not there is a connection.</summary>
    public sealed class Telemetry
    {
        /// <summary>The shortest interval, in seconds.</summary>
        public const int LeastInterval = 5;

        /// <summary>The longest interval, in seconds: a day.</summary>
        public const int MostInterval = 24 * 60 * 60;

        private readonly IClock _clock;
        private readonly string _properties;
        private long _last;
        private bool _isStarted;
        private int _count;

        /// <summary>For a device.</summary>
        public Telemetry(IClock clock, string firmwareVersion)
        {
            _clock = clock;
            _properties = "firmwareVersion=" + UrlText.Encode(firmwareVersion) + "&$.ctime=";
        }

        /// <summary>What waits to be sent.</summary>
        public PendingTelemetry Pending { get; } = new PendingTelemetry();

        /// <summary>The interval in seconds. It counts from the last message, also when it changes.</summary>
        public int Interval { get; set; } = ApplicationDefaults.TelemetrySeconds;

        /// <summary>How long it is until the next message is due, in milliseconds.</summary>
        public int MillisecondsLeft
        {
            get
            {
                long left = _isStarted ? _last + (Interval * 1000L) - _clock.Milliseconds : 0;
                return left < 0 ? 0 : (int)left;
            }
        }

        /// <summary>Makes a message when one is due.</summary>
        public void Tick()
        {
            if (MillisecondsLeft > 0)
            {
                return;
            }

            _isStarted = true;
            _last = _clock.Milliseconds;
            string json = "{\"message\":" + (++_count).ToString() + ",\"runningSeconds\":" + (_last / 1000).ToString() + "}";

            // When it was made: it may be sent much later.
            string created = UrlText.Encode(_clock.UtcNow.ToString("s") + "Z");
            Pending.Add(new TelemetryMessage(json, Encoding.UTF8.GetBytes(json), _properties + created));
        }
    }
}
