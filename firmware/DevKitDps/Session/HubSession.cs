using DevKit.Azure;
using DevKit.Azure.Hub;
using DevKit.Azure.Text;
using DevKit.Azure.Time;
using DevKit.Board;
using DevKit.Dps.Time;
using DevKit.Dps.Wifi;

namespace DevKit.Dps.Session
{
    /// <summary>
    /// What the device does at its hub: it sends telemetry, shows the messages that come, executes methods, follows its twin. One thread
    /// does one after the other; what comes meanwhile waits in the client's queue.
    /// </summary>
    public sealed class HubSession
    {
        // What is shown of a message, in bytes: the rest is not made into text, for which the heap may have no room.
        private const int LongestText = 400;

        // A link that is gone is seen after so long, when nothing else happens; one that only seems to stand, within the keep-alive.
        private const int LinkCheckMilliseconds = 10000;

        private readonly StatusPanel _panel;
        private readonly WifiLink _link;
        private readonly IClock _clock;
        private readonly Telemetry _telemetry;
        private readonly Blinker _blinker;
        private readonly DirectMethods _methods;
        private readonly DeviceTwin _twin;
        private HubAssignment _assignment;

        /// <summary>For a device.</summary>
        public HubSession(DeviceInformation information, StatusPanel panel, WifiLink link, IClock clock)
        {
            _panel = panel;
            _link = link;
            _clock = clock;
            _telemetry = new Telemetry(clock, information.FirmwareVersion);
            _blinker = new Blinker(panel.Lights, clock);
            _methods = new DirectMethods(information, _blinker);
            _twin = new DeviceTwin(information, _telemetry, clock);
        }

        /// <summary>Whether the cloud has asked for a restart of the board.</summary>
        public bool IsRestartAsked
        {
            get { return _methods.IsRestartAsked; }
        }

        /// <summary>How long it is until the next telemetry message is due, in milliseconds.</summary>
        public int MillisecondsLeft
        {
            get { return _telemetry.MillisecondsLeft; }
        }

        /// <summary>When the last connection began to stand, on the clock; 0 when it never did.</summary>
        public long ConnectedAt { get; private set; }

        /// <summary>Makes the telemetry that is due while there is no connection.</summary>
        public void Tick()
        {
            _telemetry.Tick();
        }

        /// <summary>
        /// Connects and stays connected, until the board is to be started again or the connection to be made anew with a fresh token.
        /// </summary>
        /// <param name="assignment">Which hub.</param>
        /// <exception cref="CloudException">The hub can't be reached, refuses the device, or the connection was lost.</exception>
        /// <exception cref="WifiException">The network was lost.</exception>
        public void Run(HubAssignment assignment)
        {
            _assignment = assignment;
            ConnectedAt = 0;
            string peer = assignment.Hub + " as " + assignment.DeviceId;
            _panel.Log("Hub: connecting to " + peer);
            _panel.Show("IoT Hub", "Connecting to", assignment.Hub, "");
            using (HubClient client = HubClient.Open(assignment.Hub, assignment.DeviceId, assignment.Credential, _clock))
            {
                ConnectedAt = _clock.Milliseconds;
                _panel.Log("Hub: connected to " + peer);
                _panel.Lights.ShowAzure(true);
                _panel.Lights.ShowConnected();
                try
                {
                    Serve(client, ConnectedAt + (assignment.Credential.RenewalSeconds * 1000L));
                }
                finally
                {
                    _twin.End(client);
                    _panel.Lights.ShowAzure(false);
                    _panel.Lights.ShowBusy();
                }
            }
        }

        private void Serve(HubClient client, long renewalAt)
        {
            _twin.Start(client);
            ShowConnected();
            while (!IsRestartAsked)
            {
                long left = renewalAt - _clock.Milliseconds;
                if (left <= 0)
                {
                    _panel.Log("Hub: the token ends; the connection is made anew.");
                    return;
                }

                SendTelemetry(client);
                _twin.Tick(client);
                _blinker.Tick();
                HubMessage message = client.Receive(FindWait(left));
                if (message == null)
                {
                    _link.RequireUp();
                }
                else
                {
                    Handle(client, message);
                }
            }
        }

        private int FindWait(long left)
        {
            int wait = Least(LinkCheckMilliseconds, left < int.MaxValue ? (int)left : int.MaxValue);
            wait = Least(wait, _telemetry.MillisecondsLeft);
            wait = Least(wait, _twin.MillisecondsLeft);
            return Least(wait, _blinker.MillisecondsLeft);
        }

        private static int Least(int a, int b)
        {
            return a < b ? a : b;
        }

        private void SendTelemetry(HubClient client)
        {
            _telemetry.Tick();
            TelemetryMessage message = _telemetry.Pending.Peek();
            if (message == null)
            {
                return;
            }

            // A message to the device may have taken the screen. What is unchanged costs nothing.
            ShowConnected();
            for (; message != null; message = _telemetry.Pending.Peek())
            {
                client.SendTelemetry(message.Body, message.Properties);
                _telemetry.Pending.Remove();
                _panel.Log("Hub: sent " + message.Json);
            }
        }

        private void ShowConnected()
        {
            _panel.Show("Connected", _assignment.DeviceId, _assignment.Hub, "");
        }

        private void Handle(HubClient client, HubMessage message)
        {
            switch (message.Kind)
            {
                case HubMessageKind.ToDevice:
                    string text = Utf8Text.ToText(message.Body, LongestText);
                    _panel.Log("Hub: received " + text);
                    _panel.Show("Message", text, "", "");
                    break;
                case HubMessageKind.Method:
                    int status = _methods.Execute(client, message);
                    _panel.Log("Hub: method " + message.Name + " answered with " + status.ToString());
                    break;
                case HubMessageKind.TwinAnswer:
                    LogTwin(_twin.OnAnswer(client, message));
                    break;
                case HubMessageKind.DesiredChange:
                    LogTwin(_twin.OnDesiredChange(client, message));
                    break;
            }
        }

        private void LogTwin(string told)
        {
            if (told != null)
            {
                _panel.Log("Twin: " + told);
            }
        }
    }
}
