using System;
using System.Threading;
using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Dps.Azure;
using DevKit.Dps.Azure.Provisioning;
using DevKit.Dps.Wifi;

namespace DevKit.Dps
{
    /// <summary>
    /// The measured application: joins Wi-Fi, asks the provisioning service for its hub, connects, sends telemetry,
    /// and starts over when something is lost.
    /// </summary>
    public sealed class Application : IApplication, IProvisioningProgress
    {
        // What only people can mend is not hammered: the service counts, and throttles.
        private const int FinalPauseMilliseconds = 5 * 60 * 1000;
        private const int FirstPauseSeconds = 2;
        private const int MostPauseSeconds = 120;
        private const int HubTriesBeforeRegistering = 3;

        private readonly Backoff _backoff = new Backoff(new Random(), FirstPauseSeconds, MostPauseSeconds);
        private Handover _handover;
        private StatusPanel _panel;

        /// <inheritdoc/>
        public void Run(Handover handover)
        {
            _handover = handover;
            _panel = handover.Panel;
            while (true)
            {
                try
                {
                    _panel.Lights.ShowBusy();
                    JoinWifi(handover.Settings);
                    Connect(handover.Settings.Cloud);
                }
                catch (WifiException e)
                {
                    _panel.ShowError(FailureNotice.For(e));
                    Pause(e.IsFinal, 0);
                }
                catch (CloudException e)
                {
                    _panel.ShowError(FailureNotice.For(e));
                    Pause(e.IsFinal, e.RetryAfter);
                }
            }
        }

        /// <inheritdoc/>
        public void OnAssigning(string status, int pauseSeconds)
        {
            _panel.Log("DPS: " + status + ", asking again in " + pauseSeconds.ToString() + " s");
        }

        private void JoinWifi(DeviceSettings settings)
        {
            string ssid = settings.WifiSsid;
            _panel.Lights.ShowWifi(false);
            if (ssid != null)
            {
                _panel.Log("Wi-Fi: joining " + ssid);
                _panel.Show("Wi-Fi", "Joining", ssid, "");
            }

            string address = new WifiLink(ssid, settings.WifiPassword).Join();
            _panel.Lights.ShowWifi(true);
            _panel.Log("Wi-Fi: joined " + ssid + ", address " + address);
        }

        private void Connect(CloudSettings cloud)
        {
            if (cloud.Kind == CloudKind.Hub)
            {
                CloudCredential key = CreateHubCredential(cloud.SharedAccessKey, cloud.HostName, cloud.DeviceId);
                new HubSession(cloud.HostName, cloud.DeviceId, _panel).Run(key, _backoff);
                return;
            }

            RegistrationState assignment = Register(cloud);
            _panel.Log("DPS: assigned to " + assignment.AssignedHub + " as " + assignment.DeviceId);
            _panel.Show("Assigned", assignment.DeviceId, assignment.AssignedHub, "");
            CloudCredential credential = IsSet(cloud.SymmetricKey)
                ? CreateHubCredential(cloud.SymmetricKey, assignment.AssignedHub, assignment.DeviceId)
                : CloudCredential.FromIdentity(_handover.Credential);
            StayConnected(new HubSession(assignment.AssignedHub, assignment.DeviceId, _panel), credential);
        }

        private RegistrationState Register(CloudSettings cloud)
        {
            string endpoint = IsSet(cloud.DpsEndpoint) ? cloud.DpsEndpoint : ApplicationDefaults.DpsEndpoint;
            string idScope = IsSet(cloud.IdScope) ? cloud.IdScope : ApplicationDefaults.IdScope;
            if (idScope.Length == 0)
            {
                throw new CloudException(CloudReason.IdScopeMissing, endpoint);
            }

            // In the original's connection string the device ID that stands beside a key is the registration ID.
            bool hasKey = IsSet(cloud.SymmetricKey);
            string registrationId = hasKey ? cloud.DeviceId : _handover.Credential.RegistrationId;
            CloudCredential credential = hasKey
                ? CloudCredential.FromSharedKey(cloud.SymmetricKey, idScope + "/registrations/" + registrationId, "registration")
                : CloudCredential.FromIdentity(_handover.Credential);
            _panel.Log("DPS: connecting to " + endpoint + ", ID scope " + idScope);
            _panel.Show("DPS", "Registering", registrationId, "");
            return new ProvisioningClient(endpoint, idScope, registrationId, this).Register(credential);
        }

        private static CloudCredential CreateHubCredential(string key, string hub, string deviceId)
        {
            return CloudCredential.FromSharedKey(key, hub + "/devices/" + deviceId, null);
        }

        private static bool IsSet(string value)
        {
            return !string.IsNullOrEmpty(value);
        }

        // A lost connection is first made anew; a hub that stays away or refuses may have been replaced by another.
        private void StayConnected(HubSession session, CloudCredential credential)
        {
            for (int i = 1; ; i++)
            {
                try
                {
                    session.Run(credential, _backoff);
                }
                catch (CloudException e)
                {
                    if (i == HubTriesBeforeRegistering || e.IsFinal)
                    {
                        throw;
                    }

                    _panel.ShowError(FailureNotice.For(e));
                    Pause(false, 0);
                }
            }
        }

        private void Pause(bool isFinal, int leastSeconds)
        {
            int pause = isFinal ? FinalPauseMilliseconds : _backoff.Next();
            Thread.Sleep(pause < leastSeconds * 1000 ? leastSeconds * 1000 : pause);
        }
    }
}
