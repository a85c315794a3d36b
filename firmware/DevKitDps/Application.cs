using System;
using DevKit.Azure;
using DevKit.Azure.Time;
using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Dps.Session;
using DevKit.Dps.Time;
using DevKit.Dps.Wifi;

namespace DevKit.Dps
{
    /// <summary>
    /// The measured application: joins Wi-Fi, asks the provisioning service for its hub, connects, works there, and starts over when
    /// something is lost. It ends when the cloud asks for a restart.
    /// </summary>
    public sealed class Application : IApplication
    {
        // A hub that can't be reached so often in a row may have been replaced by another.
        private const int TriesBeforeRegistering = 3;

        private readonly IClock _clock;
        private readonly RetryPolicy _retry;
        private DeviceSettings _settings;
        private StatusPanel _panel;
        private WifiLink _link;
        private DeviceRegistration _registration;
        private HubSession _session;
        private HubAssignment _assignment;
        private DeviceInformation _information;
        private bool _isJoined;
        private int _failuresAtHub;
        private int _refusalsAtHub;

        /// <summary>On the board.</summary>
        public Application()
            : this(new BoardClock(), new Random())
        {
        }

        /// <summary>With a clock and a source of randomness.</summary>
        public Application(IClock clock, Random random)
        {
            _clock = clock;
            _retry = new RetryPolicy(random);
        }

        private bool IsProvisioned
        {
            get { return _settings.Cloud.Kind != CloudKind.Hub; }
        }

        /// <inheritdoc/>
        public void Run(Handover handover)
        {
            _settings = handover.Settings;
            _panel = handover.Panel;
            _information = new DeviceInformation(handover);
            _link = new WifiLink(_settings.WifiSsid, _settings.WifiPassword, _clock);
            _registration = new DeviceRegistration(handover, _clock);
            _session = new HubSession(_information, _panel, _link, _clock);
            while (!_session.IsRestartAsked)
            {
                try
                {
                    GoOn();
                }
                catch (WifiException e)
                {
                    NoteEnd();
                    _isJoined = false;
                    _panel.Lights.ShowWifi(false);
                    Pause(FailureNotice.For(e), e.IsFinal, 0);
                }
                catch (CloudException e)
                {
                    NoteEnd();
                    OnFailure(e);
                }
            }
        }

        // From wherever it stands, to the hub.
        private void GoOn()
        {
            _panel.Lights.ShowBusy();
            if (!_isJoined || !WifiLink.IsUp)
            {
                JoinWifi();
            }

            if (_assignment == null)
            {
                _assignment = IsProvisioned ? _registration.Run() : CreateAssignment(_settings.Cloud);
            }

            _session.Run(_assignment);
        }

        private void JoinWifi()
        {
            string ssid = _settings.WifiSsid;
            _isJoined = false;
            _panel.Lights.ShowWifi(false);
            if (ssid != null)
            {
                _panel.Log("Wi-Fi: joining " + ssid);
                _panel.Show("Wi-Fi", "Joining", ssid, "");
            }

            string address = _link.Join();
            _isJoined = true;
            _panel.Lights.ShowWifi(true);
            _panel.Log("Wi-Fi: joined " + ssid + ", address " + address);
        }

        private static HubAssignment CreateAssignment(CloudSettings cloud)
        {
            CloudCredential key = CloudCredential.FromSharedKey(
                cloud.SharedAccessKey, cloud.HostName + "/devices/" + cloud.DeviceId, null);
            return new HubAssignment(cloud.HostName, cloud.DeviceId, key);
        }

        // A connection that stood for a while was well: what comes now is the first failure of a new row.
        private void NoteEnd()
        {
            if (_session.ConnectedAt > 0 && _clock.Milliseconds - _session.ConnectedAt >= RetryPolicy.StableMilliseconds)
            {
                _retry.Reset();
                _failuresAtHub = 0;
                _refusalsAtHub = 0;
            }
        }

        // A hub that DPS named and that refuses the device, or stays away, may not be the device's hub any more: DPS knows.
        private void OnFailure(CloudException e)
        {
            Notice notice = FailureNotice.For(e, _information);
            if (_assignment == null || !IsProvisioned)
            {
                Pause(notice, e.IsFinal, e.RetryAfter);
                return;
            }

            _failuresAtHub++;
            bool isRefused = e.IsFinal;
            if (isRefused || _failuresAtHub >= TriesBeforeRegistering)
            {
                _assignment.Credential.Clear();
                _assignment = null;
                _failuresAtHub = 0;
            }

            if (isRefused && _refusalsAtHub++ == 0)
            {
                _panel.ShowError(notice, "Asking DPS again");
                return;
            }

            Pause(notice, false, e.RetryAfter);
        }

        // Says when the next try is; telemetry is made meanwhile, and waits.
        private void Pause(Notice notice, bool isFinal, int leastSeconds)
        {
            int pause = _retry.NextPause(isFinal, leastSeconds);
            _panel.ShowError(notice, "Next try: " + ((pause + 999) / 1000).ToString() + " s");
            long end = _clock.Milliseconds + pause;
            for (long left = pause; left > 0; left = end - _clock.Milliseconds)
            {
                _session.Tick();
                _clock.Sleep(_session.MillisecondsLeft < left ? _session.MillisecondsLeft : (int)left);
            }
        }
    }
}
