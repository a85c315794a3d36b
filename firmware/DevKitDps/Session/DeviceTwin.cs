using DevKit.Azure.Hub;
using DevKit.Azure.Json;
using DevKit.Azure.Time;

namespace DevKit.Dps.Session
{
    /// <summary>
    /// The device's twin: it reports what the device is and does, and follows the desired properties. A desired value is answered in the
    /// form that IoT Plug and Play gives to writable properties: value, ac (status), av (version), ad (description).
    /// </summary>
    public sealed class DeviceTwin
    {
        /// <summary>How long the hub has to answer a request for the twin, before it is asked again, in milliseconds.</summary>
        public const int AnswerMilliseconds = 30000;

        /// <summary>How long is waited when the hub gave a twin older than a change that was heard of, in milliseconds.</summary>
        public const int StaleMilliseconds = 5000;

        private const int None = -1;
        private const long Never = long.MaxValue;

        private readonly DeviceInformation _information;
        private readonly Telemetry _telemetry;
        private readonly IClock _clock;

        // The version that is followed, and the newest that was heard of, on this connection: another hub counts anew.
        private int _version;
        private int _newest;

        // The request for the twin that is not answered yet, or null; and when the twin is asked for again.
        private string _request;
        private long _askAgainAt = Never;
        private int _droppedEarlier;
        private int _reportedDropped;

        /// <summary>For a device.</summary>
        public DeviceTwin(DeviceInformation information, Telemetry telemetry, IClock clock)
        {
            _information = information;
            _telemetry = telemetry;
            _clock = clock;
        }

        /// <summary>How long it is until the twin is asked for again, in milliseconds; <see cref="int.MaxValue"/> when it is not.</summary>
        public int MillisecondsLeft
        {
            get
            {
                long left = _askAgainAt == Never ? int.MaxValue : _askAgainAt - _clock.Milliseconds;
                return left < 0 ? 0 : (int)left;
            }
        }

        /// <summary>On a new connection: asks for the twin, for changes may have been missed, and reports what the device is.</summary>
        /// <exception cref="Azure.CloudException">The hub does not take it, or the connection was lost.</exception>
        public void Start(HubClient client)
        {
            _version = None;
            _newest = None;
            Ask(client);
            client.Report("{" + _information.ToReportMembers() + "," + StateMembers(client) + "}");
        }

        /// <summary>At the end of a connection: what it dropped goes on being counted.</summary>
        public void End(HubClient client)
        {
            _droppedEarlier += client.Dropped;
        }

        /// <summary>Asks again for the twin when the answer is overdue, and reports what was dropped since the last report.</summary>
        /// <exception cref="Azure.CloudException">The hub does not take it, or the connection was lost.</exception>
        public void Tick(HubClient client)
        {
            if (MillisecondsLeft == 0)
            {
                Ask(client);
            }

            if (_reportedDropped != CountDropped(client) + _telemetry.Pending.Dropped)
            {
                client.Report("{" + StateMembers(client) + "}");
            }
        }

        /// <summary>Takes the twin, if it is the one that was asked for.</summary>
        /// <returns>What the user should know, or null.</returns>
        /// <exception cref="Azure.CloudException">The hub does not take the report, or the connection was lost.</exception>
        public string OnAnswer(HubClient client, HubMessage answer)
        {
            string status = answer.Status.ToString();
            if (_request == null || answer.RequestId != _request)
            {
                return answer.Status >= 300 ? "The hub refuses a report (" + status + ")." : null;
            }

            if (answer.Status != 200)
            {
                return "The hub does not give the twin (" + status + "); it is asked again.";
            }

            _request = null;
            _askAgainAt = Never;
            DesiredProperties desired = DesiredProperties.ParseTwin(answer.Body);
            if (desired == null)
            {
                return "The twin is not understood.";
            }

            // What is missing there is not desired any more.
            string told = Follow(client, desired, desired.Version);
            if (_newest > _version)
            {
                _askAgainAt = _clock.Milliseconds + StaleMilliseconds;
            }

            return told;
        }

        /// <summary>Takes a change of the desired properties: the one that is next. After a gap the twin is asked for anew.</summary>
        /// <returns>What the user should know, or null.</returns>
        /// <exception cref="Azure.CloudException">The hub does not take what is sent, or the connection was lost.</exception>
        public string OnDesiredChange(HubClient client, HubMessage message)
        {
            DesiredProperties change = DesiredProperties.ParseChange(message.Body);
            int version = message.Version > 0 || change == null ? message.Version : change.Version;
            _newest = version > _newest ? version : _newest;

            // The twin that is on its way, or will be, has it, or turns out to be older; what has been followed is old.
            if (_askAgainAt != Never || version <= _version)
            {
                return null;
            }

            if (change == null || version != _version + 1)
            {
                Ask(client);
                return change == null ? "A change of the desired properties is not understood; the twin is asked for." : null;
            }

            if (change.HasInterval)
            {
                return Follow(client, change, version);
            }

            _version = version;
            return null;
        }

        private void Ask(HubClient client)
        {
            _askAgainAt = _clock.Milliseconds + AnswerMilliseconds;
            _request = client.RequestTwin();
        }

        // A wrong interval leaves the one that holds.
        private string Follow(HubClient client, DesiredProperties desired, int version)
        {
            _version = version;
            _newest = version > _newest ? version : _newest;
            bool isChanged = desired.Problem == null && desired.Interval != _telemetry.Interval;
            if (isChanged)
            {
                _telemetry.Interval = desired.Interval;
            }

            if (desired.HasInterval)
            {
                client.Report("{" + IntervalMember(desired.Problem) + "}");
            }

            return desired.Problem ?? (isChanged ? "Telemetry every " + desired.Interval.ToString() + " s." : null);
        }

        private string IntervalMember(string problem)
        {
            return "\"" + DesiredProperties.IntervalName + "\":{\"value\":" + _telemetry.Interval.ToString()
                + ",\"ac\":" + (problem == null ? "200" : "400")
                + ",\"av\":" + _version.ToString()
                + (problem == null ? "}" : ",\"ad\":" + JsonText.Quote(problem) + "}");
        }

        private int CountDropped(HubClient client)
        {
            return _droppedEarlier + client.Dropped;
        }

        private string StateMembers(HubClient client)
        {
            _reportedDropped = CountDropped(client) + _telemetry.Pending.Dropped;
            return "\"uptimeSeconds\":" + (_clock.Milliseconds / 1000).ToString()
                + ",\"droppedTelemetry\":" + _telemetry.Pending.Dropped.ToString()
                + ",\"droppedMessages\":" + CountDropped(client).ToString();
        }
    }
}
