using System;
using System.Text;
using nanoFramework.Json;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Dps.Azure.Provisioning
{
    /// <summary>Registers the device with the Device Provisioning Service over MQTT and follows it until it is assigned.</summary>
    public sealed class ProvisioningClient
    {
        private const string ApiVersion = "2019-03-31";
        private const string AnswerFilter = "$dps/registrations/res/#";
        private const string RegisterTopic = "$dps/registrations/PUT/iotdps-register/?$rid=";
        private const string StatusTopic = "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=";
        private const int AnswerMilliseconds = 30000;

        // The service's own default when it gives no retry-after, in seconds.
        private const int DefaultRetryAfter = 3;

        // Assigning takes a few seconds; an operation that does not end is begun anew.
        private const int MaxPolls = 40;

        private readonly string _endpoint;
        private readonly string _idScope;
        private readonly string _registrationId;
        private readonly IProvisioningProgress _progress;
        private bool _isByKey;
        private int _requestId;

        /// <summary>For a registration.</summary>
        /// <param name="endpoint">Host name of the service.</param>
        /// <param name="idScope">The service instance's ID scope.</param>
        /// <param name="registrationId">The device's registration ID.</param>
        /// <param name="progress">Who is notified of how far it is.</param>
        public ProvisioningClient(string endpoint, string idScope, string registrationId, IProvisioningProgress progress)
        {
            _endpoint = endpoint;
            _idScope = idScope;
            _registrationId = registrationId;
            _progress = progress;
        }

        /// <summary>Registers.</summary>
        /// <param name="credential">What the device proves itself with.</param>
        /// <returns>The assignment: hub and device ID are set.</returns>
        /// <exception cref="CloudException">The service can't be reached or will not have the device.</exception>
        public RegistrationState Register(CloudCredential credential)
        {
            _isByKey = credential.Certificate == null;
            string userName = _idScope + "/registrations/" + _registrationId + "/api-version=" + ApiVersion;
            using (CloudConnection connection = CloudConnection.Open(
                CloudService.DeviceProvisioning, _endpoint, _registrationId, userName, credential))
            {
                connection.Subscribe(AnswerFilter);
                string body = "{\"registrationId\":\"" + _registrationId + "\"}";
                RegistrationOperation operation = Request(connection, RegisterTopic, "", body, out int retryAfter);
                for (int i = 0; operation.Status == "assigning" || operation.Status == "unassigned"; i++)
                {
                    if (i == MaxPolls)
                    {
                        throw new CloudException(CloudReason.StillAssigning, _endpoint) { Code = MaxPolls };
                    }

                    _progress.OnAssigning(operation.Status, retryAfter);
                    connection.Pause(retryAfter * 1000);
                    operation = Request(connection, StatusTopic, "&operationId=" + operation.OperationId, " ", out retryAfter);
                }

                return GetAssignment(operation);
            }
        }

        private RegistrationOperation Request(CloudConnection connection, string topic, string query, string body, out int retryAfter)
        {
            string requestId = (++_requestId).ToString();
            connection.Publish(topic + requestId + query, body);
            while (true)
            {
                MqttMsgPublishEventArgs message = connection.Receive(AnswerMilliseconds);
                if (message == null)
                {
                    throw new CloudException(CloudReason.RegistrationTimedOut, _endpoint);
                }

                ServiceAnswer answer = ServiceAnswer.Parse(message.Topic);
                if (answer != null && answer.RequestId == requestId)
                {
                    retryAfter = answer.RetryAfter > 0 ? answer.RetryAfter : DefaultRetryAfter;
                    return Read(answer, Encoding.UTF8.GetString(message.Message, 0, message.Message.Length));
                }
            }
        }

        private RegistrationOperation Read(ServiceAnswer answer, string json)
        {
            RegistrationOperation operation;
            try
            {
                operation = (RegistrationOperation)JsonConvert.DeserializeObject(
                    json, typeof(RegistrationOperation), new JsonSerializerOptions(JsonSerializerDefaults.Web));
            }
            catch (Exception)
            {
                operation = null;
            }

            if (answer.Status >= 300)
            {
                int code = operation == null || operation.ErrorCode == 0 ? answer.Status : operation.ErrorCode;
                throw CreateRefusal(answer.Status, code, operation == null ? null : operation.Message, answer.RetryAfter);
            }

            if (operation == null || operation.Status == null)
            {
                throw new CloudException(CloudReason.AnswerInvalid, _endpoint) { ServiceText = json };
            }

            return operation;
        }

        private RegistrationState GetAssignment(RegistrationOperation operation)
        {
            RegistrationState state = operation.RegistrationState;
            if (operation.Status == "assigned" && state != null
                && !string.IsNullOrEmpty(state.AssignedHub) && !string.IsNullOrEmpty(state.DeviceId))
            {
                return state;
            }

            if (operation.Status == "disabled")
            {
                throw new CloudException(CloudReason.EnrollmentDisabled, _endpoint) { Id = _registrationId };
            }

            int code = state == null ? 0 : state.ErrorCode;
            throw CreateRefusal(code / 1000, code, state == null ? null : state.ErrorMessage, 0);
        }

        private CloudException CreateRefusal(int status, int errorCode, string message, int retryAfter)
        {
            return new CloudException(FindReason(status), _endpoint)
            {
                Id = _registrationId,
                IdScope = _idScope,
                Code = errorCode,
                ServiceText = message,
                RetryAfter = retryAfter,
            };
        }

        private CloudReason FindReason(int status)
        {
            if (status == 401)
            {
                return _isByKey ? CloudReason.KeyNotEnrolled : CloudReason.CertificateNotEnrolled;
            }

            if (status == 404)
            {
                return CloudReason.EnrollmentNotFound;
            }

            return status == 429 || status >= 500 ? CloudReason.RegistrationDeferred : CloudReason.RegistrationFailed;
        }
    }
}
