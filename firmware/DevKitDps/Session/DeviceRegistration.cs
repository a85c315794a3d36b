using System.Text;
using DevKit.Azure;
using DevKit.Azure.Provisioning;
using DevKit.Azure.Text;
using DevKit.Azure.Time;
using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Dps.Time;

namespace DevKit.Dps.Session
{
    /// <summary>
    /// Registers this device as its settings say: by its identity or by a key, with or without an operational certificate.
    /// </summary>
    public sealed class DeviceRegistration : IProvisioningCallback
    {
        private const int LongestText = 400;

        private readonly CloudSettings _settings;
        private readonly DiceCredential _identity;
        private readonly StatusPanel _panel;
        private readonly IClock _clock;

        /// <summary>For a device.</summary>
        public DeviceRegistration(Handover handover, IClock clock)
        {
            _settings = handover.Settings.Cloud;
            _identity = handover.Credential;
            _panel = handover.Panel;
            _clock = clock;
        }

        // In the original's connection string the device ID that stands beside a key is the registration ID.
        private bool HasKey
        {
            get { return IsSet(_settings.SymmetricKey); }
        }

        /// <summary>Asks the provisioning service for the device's hub.</summary>
        /// <exception cref="CloudException">The service can't be reached or will not have the device.</exception>
        public HubAssignment Run()
        {
            string endpoint = IsSet(_settings.DpsEndpoint) ? _settings.DpsEndpoint : ApplicationDefaults.DpsEndpoint;
            string idScope = IsSet(_settings.IdScope) ? _settings.IdScope : ApplicationDefaults.IdScope;
            if (idScope.Length == 0)
            {
                throw new CloudException(CloudReason.IdScopeMissing, endpoint);
            }

            string registrationId = HasKey ? _settings.DeviceId : _identity.RegistrationId;
            RegistrationRequest request = new RegistrationRequest(idScope, registrationId)
            {
                Payload = ApplicationDefaults.DpsPayload,
                Csr = _settings.IsCsrWanted ? _identity.CreateAliasRequest() : null,
            };
            CloudCredential credential = HasKey
                ? CloudCredential.FromSharedKey(_settings.SymmetricKey, idScope + "/registrations/" + registrationId, "registration")
                : CloudCredential.FromIdentity(_identity);
            _panel.Log("DPS: connecting to " + endpoint + ", ID scope " + idScope);
            _panel.Show("DPS", "Registering", registrationId, "");
            try
            {
                RegistrationState state = new ProvisioningClient(endpoint, this, _clock).Register(request, credential);
                return new HubAssignment(state.AssignedHub, state.DeviceId, FindCredential(endpoint, state));
            }
            finally
            {
                credential.Clear();
            }
        }

        /// <inheritdoc/>
        public bool OnStatus(ProvisioningStatus status, RegistrationState state, int pauseSeconds)
        {
            switch (status)
            {
                case ProvisioningStatus.Connected:
                    _panel.Log("DPS: connected");
                    break;
                case ProvisioningStatus.Registering:
                    _panel.Log("DPS: registering");
                    break;
                case ProvisioningStatus.Assigning:
                    _panel.Log("DPS: assigning, asking again in " + pauseSeconds.ToString() + " s");
                    break;
                case ProvisioningStatus.Assigned:
                    ShowAssignment(state);
                    break;
            }

            return true;
        }

        private static bool IsSet(string value)
        {
            return !string.IsNullOrEmpty(value);
        }

        private void ShowAssignment(RegistrationState state)
        {
            _panel.Log("DPS: assigned to " + state.AssignedHub + " as " + state.DeviceId
                + (state.Substatus == null ? "" : " (" + state.Substatus + ")"));
            if (state.Payload != null)
            {
                _panel.Log("DPS: payload " + Utf8Text.ToText(state.Payload, LongestText));
            }

            _panel.Show("Assigned", state.DeviceId, state.AssignedHub, "");
        }

        private CloudCredential FindCredential(string endpoint, RegistrationState state)
        {
            if (_settings.IsCsrWanted && state.IssuedCertificateChain != null)
            {
                byte[][] chain = Decode(state.IssuedCertificateChain);
                string problem = _identity.FindOperationalCertificateProblem(chain);
                if (problem != null)
                {
                    throw new CloudException(CloudReason.CertificateInvalid, endpoint) { ServiceText = problem };
                }

                _panel.Log("DPS: operational certificate issued, with " + (chain.Length - 1).ToString() + " above it");
                return CloudCredential.FromIssuedChain(chain, _identity);
            }

            if (_settings.IsCsrWanted)
            {
                _panel.Log("WARNING: No operational certificate was issued: the enrollment names no issuing policy. It goes on without.");
            }

            return HasKey
                ? CloudCredential.FromSharedKey(_settings.SymmetricKey, state.AssignedHub + "/devices/" + state.DeviceId, null)
                : CloudCredential.FromIdentity(_identity);
        }

        // What is no base64 becomes a certificate of no bytes, which is found to be none.
        private static byte[][] Decode(string[] texts)
        {
            byte[][] chain = new byte[texts.Length][];
            for (int i = 0; i < chain.Length; i++)
            {
                byte[] text = Encoding.UTF8.GetBytes(texts[i]);
                chain[i] = Base64.Decode(text, 0, text.Length) ?? new byte[0];
            }

            return chain;
        }
    }
}
