using DevKit.Azure.Time;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Azure.Provisioning
{
    /// <summary>Registers the device with the Device Provisioning Service over MQTT and follows it until it is assigned.</summary>
    public sealed class ProvisioningClient
    {
        private const int AnswerMilliseconds = 30000;

        private readonly string _endpoint;
        private readonly IProvisioningCallback _callback;
        private readonly IClock _clock;

        /// <summary>For a provisioning service.</summary>
        /// <param name="endpoint">Its host name.</param>
        /// <param name="callback">Who is notified of how far a registration is.</param>
        /// <param name="clock">The time.</param>
        public ProvisioningClient(string endpoint, IProvisioningCallback callback, IClock clock)
        {
            _endpoint = endpoint;
            _callback = callback;
            _clock = clock;
        }

        /// <summary>Registers.</summary>
        /// <param name="request">What is asked for.</param>
        /// <param name="credential">What the device proves itself with.</param>
        /// <returns>The assignment: hub and device ID are set, and good to be used. Null when the callback gave it up.</returns>
        /// <exception cref="CloudException">The service can't be reached or will not have the device.</exception>
        public RegistrationState Register(RegistrationRequest request, CloudCredential credential)
        {
            using (CloudConnection connection = CloudConnection.Open(
                CloudService.DeviceProvisioning, _endpoint, request.RegistrationId, request.UserName, credential, _clock))
            {
                if (!_callback.OnStatus(ProvisioningStatus.Connected, null, 0))
                {
                    return null;
                }

                connection.Subscribe(new string[] { Registration.AnswerFilter });
                Registration registration = new Registration(_endpoint, request, credential.Certificate == null);
                while (_callback.OnStatus(registration.Status, registration.State, registration.PauseSeconds))
                {
                    if (registration.Status == ProvisioningStatus.Assigned)
                    {
                        return registration.State;
                    }

                    if (registration.Failure != null)
                    {
                        throw registration.Failure;
                    }

                    connection.Pause(registration.PauseSeconds * 1000);
                    Ask(connection, registration);
                }

                return Leave(registration);
            }
        }

        // Given up: what had come to its end all the same, is what it is.
        private static RegistrationState Leave(Registration registration)
        {
            if (registration.Failure != null)
            {
                throw registration.Failure;
            }

            return registration.Status == ProvisioningStatus.Assigned ? registration.State : null;
        }

        private void Ask(CloudConnection connection, Registration registration)
        {
            long end = _clock.Milliseconds + AnswerMilliseconds;
            connection.Publish(registration.Topic, registration.Body);
            MqttMsgPublishEventArgs message;
            do
            {
                long left = end - _clock.Milliseconds;
                message = left > 0 ? connection.Receive((int)left) : null;
                if (message == null)
                {
                    throw new CloudException(CloudReason.RegistrationTimedOut, _endpoint);
                }
            }
            while (!registration.TryAccept(message.Topic, message.Message));
        }
    }
}
