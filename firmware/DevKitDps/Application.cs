using System;
using System.Threading;
using DevKit.Board;
using DevKit.Board.Handover;

namespace DevKit.Dps
{
    /// <summary>
    /// The measured application: joins Wi-Fi, asks the provisioning service for its hub, connects, sends telemetry,
    /// and starts over when something is lost.
    /// </summary>
    public sealed class Application : IApplication
    {
        // What only people can mend is not hammered: the service counts, and throttles.
        private const int FinalPauseMilliseconds = 5 * 60 * 1000;
        private const int FirstPauseSeconds = 2;
        private const int MostPauseSeconds = 120;
        private const int HubTriesBeforeRegistering = 3;

        /// <inheritdoc/>
        public void Run(Handover handover)
        {
            StatusPanel panel = handover.Panel;
            Backoff backoff = new Backoff(new Random(), FirstPauseSeconds, MostPauseSeconds);
            while (true)
            {
                try
                {
                    panel.Lights.ShowBusy();
                    new WifiLink(handover.Settings, panel).Join();
                    Connect(handover, backoff);
                }
                catch (CloudException e)
                {
                    panel.ShowError(new Notice(e.Screen, e.ScreenRemedy, e.Message, e.Remedy));
                    int pause = e.IsFinal ? FinalPauseMilliseconds : backoff.Next();
                    Thread.Sleep(pause < e.RetryAfter * 1000 ? e.RetryAfter * 1000 : pause);
                }
            }
        }

        private static void Connect(Handover handover, Backoff backoff)
        {
            CloudSettings cloud = handover.Settings.Cloud;
            StatusPanel panel = handover.Panel;
            if (cloud.Kind == CloudKind.Hub)
            {
                new HubClient(cloud.HostName, cloud.DeviceId, panel).Run(ForHub(cloud.SharedAccessKey, cloud.HostName, cloud.DeviceId), backoff);
                return;
            }

            RegistrationState assignment = Register(handover, cloud);
            panel.Log("DPS: assigned to " + assignment.AssignedHub + " as " + assignment.DeviceId);
            panel.Show("Assigned", assignment.DeviceId, assignment.AssignedHub, "");
            CloudCredential credential = IsSet(cloud.SymmetricKey)
                ? ForHub(cloud.SymmetricKey, assignment.AssignedHub, assignment.DeviceId)
                : CloudCredential.FromIdentity(handover.Credential);
            StayConnected(new HubClient(assignment.AssignedHub, assignment.DeviceId, panel), credential, panel, backoff);
        }

        private static RegistrationState Register(Handover handover, CloudSettings cloud)
        {
            string endpoint = IsSet(cloud.DpsEndpoint) ? cloud.DpsEndpoint : ApplicationDefaults.DpsEndpoint;
            string idScope = IsSet(cloud.IdScope) ? cloud.IdScope : ApplicationDefaults.IdScope;
            if (idScope.Length == 0)
            {
                throw new CloudException("No ID scope", "Hold A, reset: set_dps_idscope", "No ID scope of a provisioning service is set.", "In configuration mode type: set_dps_idscope <ID scope>", true);
            }

            // In the original's connection string the device ID that stands beside a key is the registration ID.
            bool hasKey = IsSet(cloud.SymmetricKey);
            string registrationId = hasKey ? cloud.DeviceId : handover.Credential.RegistrationId;
            CloudCredential credential = hasKey
                ? CloudCredential.FromSharedKey(cloud.SymmetricKey, idScope + "/registrations/" + registrationId, "registration")
                : CloudCredential.FromIdentity(handover.Credential);
            return new ProvisioningClient(endpoint, idScope, registrationId, handover.Panel).Run(credential);
        }

        private static CloudCredential ForHub(string key, string hub, string deviceId)
        {
            return CloudCredential.FromSharedKey(key, hub + "/devices/" + deviceId, null);
        }

        private static bool IsSet(string value)
        {
            return !string.IsNullOrEmpty(value);
        }

        // A lost connection is first made anew; a hub that stays away or refuses may have been replaced by another.
        private static void StayConnected(HubClient hub, CloudCredential credential, StatusPanel panel, Backoff backoff)
        {
            for (int i = 1; ; i++)
            {
                try
                {
                    hub.Run(credential, backoff);
                }
                catch (CloudException e)
                {
                    if (i == HubTriesBeforeRegistering || e.IsFinal)
                    {
                        throw;
                    }

                    panel.ShowError(new Notice(e.Screen, e.ScreenRemedy, e.Message, e.Remedy));
                    Thread.Sleep(backoff.Next());
                }
            }
        }
    }
}
