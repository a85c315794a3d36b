using DevKit.Azure.Json;

namespace DevKit.Dps.Session
{
    /// <summary>
    /// The desired properties as the hub has them, or a change of them. There is one that means something here,
    /// <c>telemetryInterval</c>.
    /// </summary>
    public sealed class DesiredProperties
    {
        /// <summary>The name of the telemetry interval, in seconds, in desired and in reported properties.</summary>
        public const string IntervalName = "telemetryInterval";

        private const int NoVersion = -1;

        private DesiredProperties()
        {
        }

        /// <summary>Their version; -1 where they have none.</summary>
        public int Version { get; private set; } = NoVersion;

        /// <summary>Whether there is an interval; null is one: the default.</summary>
        public bool HasInterval { get; private set; }

        /// <summary>The interval in seconds; the default where there is none, or a wrong one.</summary>
        public int Interval { get; private set; } = ApplicationDefaults.TelemetrySeconds;

        /// <summary>What is wrong with the interval, or null.</summary>
        public string Problem { get; private set; }

        /// <summary>Reads a twin.</summary>
        /// <param name="body">JSON, an object with <c>desired</c> and <c>reported</c>.</param>
        /// <returns>Its desired properties; null when it is no JSON object.</returns>
        public static DesiredProperties ParseTwin(byte[] body)
        {
            DesiredProperties desired = new DesiredProperties();
            JsonReader json = new JsonReader(body);
            if (!json.OpenObject())
            {
                return null;
            }

            while (json.Read() == JsonToken.Name)
            {
                if (!json.IsText("desired"))
                {
                    json.SkipValue();
                }
                else if (json.OpenObject())
                {
                    desired.Read(json);
                }
            }

            return json.Close() ? desired : null;
        }

        /// <summary>Reads a change.</summary>
        /// <param name="body">JSON, an object with what has changed.</param>
        /// <returns>The change; null when it is no JSON object.</returns>
        public static DesiredProperties ParseChange(byte[] body)
        {
            DesiredProperties change = new DesiredProperties();
            JsonReader json = new JsonReader(body);
            if (!json.OpenObject())
            {
                return null;
            }

            change.Read(json);
            return json.Close() ? change : null;
        }

        private void Read(JsonReader json)
        {
            while (json.Read() == JsonToken.Name)
            {
                if (json.IsText("$version"))
                {
                    Version = json.ReadInt32();
                }
                else if (json.IsText(IntervalName))
                {
                    ReadInterval(json);
                }
                else
                {
                    json.SkipValue();
                }
            }
        }

        private void ReadInterval(JsonReader json)
        {
            bool isNull = json.Read() == JsonToken.Null;
            int seconds = isNull ? ApplicationDefaults.TelemetrySeconds : json.IsInteger ? json.GetInt32() : 0;
            json.Skip();
            HasInterval = true;
            bool isGood = seconds >= Telemetry.LeastInterval && seconds <= Telemetry.MostInterval;
            Interval = isGood ? seconds : ApplicationDefaults.TelemetrySeconds;
            Problem = isGood ? null : IntervalName + " is to be a whole number of seconds from 5 to 86400.";
        }
    }
}
