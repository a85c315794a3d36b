using System;
using System.Text;
using System.Threading;
using DevKit.Board;
using nanoFramework.Json;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Dps
{
    /// <summary>Registers the device with the Device Provisioning Service over MQTT and follows it until it is assigned.</summary>
    public sealed class ProvisioningClient
    {
        private const string ApiVersion = "2019-03-31";
        private const string Answers = "$dps/registrations/res/#";
        private const string Register = "$dps/registrations/PUT/iotdps-register/?$rid=";
        private const string AskStatus = "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=";
        private const int AnswerMilliseconds = 30000;

        // The service's own default when it gives no retry-after, in seconds.
        private const int DefaultRetryAfter = 3;

        // Assigning takes a few seconds; an operation that does not end is begun anew.
        private const int MaxQuestions = 40;

        private readonly string _endpoint;
        private readonly string _idScope;
        private readonly string _registrationId;
        private readonly StatusPanel _panel;
        private bool _isByKey;
        private int _requestId;

        /// <summary>For a registration.</summary>
        /// <param name="endpoint">Host name of the service.</param>
        /// <param name="idScope">The service instance's ID scope.</param>
        /// <param name="registrationId">The device's registration ID.</param>
        /// <param name="panel">Where progress is shown.</param>
        public ProvisioningClient(string endpoint, string idScope, string registrationId, StatusPanel panel)
        {
            _endpoint = endpoint;
            _idScope = idScope;
            _registrationId = registrationId;
            _panel = panel;
        }

        /// <summary>Registers.</summary>
        /// <param name="credential">What the device proves itself with.</param>
        /// <returns>The assignment.</returns>
        /// <exception cref="CloudException">The service can't be reached or will not have the device.</exception>
        public RegistrationState Run(CloudCredential credential)
        {
            _isByKey = credential.Certificate == null;
            _panel.Log("DPS: connecting to " + _endpoint + ", ID scope " + _idScope);
            _panel.Show("DPS", "Registering", _registrationId, "");
            string userName = _idScope + "/registrations/" + _registrationId + "/api-version=" + ApiVersion;
            using (CloudConnection connection = CloudConnection.Open(_endpoint, _registrationId, userName, credential))
            {
                connection.Subscribe(Answers);
                RegistrationOperation operation = Ask(connection, Register, "", "{\"registrationId\":\"" + _registrationId + "\"}", out int retryAfter);
                for (int i = 0; operation.Status == "assigning" || operation.Status == "unassigned"; i++)
                {
                    if (i == MaxQuestions)
                    {
                        throw new CloudException("DPS is slow", "Trying again", "The service is still assigning after " + MaxQuestions.ToString() + " questions.", "It is tried again.", false);
                    }

                    _panel.Log("DPS: " + operation.Status + ", asking again in " + retryAfter.ToString() + " s");
                    Thread.Sleep(retryAfter * 1000);
                    operation = Ask(connection, AskStatus, "&operationId=" + operation.OperationId, " ", out retryAfter);
                }

                return Conclude(operation);
            }
        }

        private RegistrationOperation Ask(CloudConnection connection, string topic, string query, string body, out int retryAfter)
        {
            string requestId = (++_requestId).ToString();
            connection.Publish(topic + requestId + query, body);
            while (true)
            {
                MqttMsgPublishEventArgs message = connection.Receive(AnswerMilliseconds);
                if (message == null)
                {
                    throw new CloudException("No answer", "Trying again", "The service does not answer the registration.", "It is tried again.", false);
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
                operation = (RegistrationOperation)JsonConvert.DeserializeObject(json, typeof(RegistrationOperation), new JsonSerializerOptions(JsonSerializerDefaults.Web));
            }
            catch (Exception)
            {
                operation = null;
            }

            if (answer.Status >= 300)
            {
                throw Refusal(
                    answer.Status,
                    operation == null || operation.ErrorCode == 0 ? answer.Status : operation.ErrorCode,
                    operation == null ? "" : operation.Message,
                    answer.RetryAfter);
            }

            if (operation == null || operation.Status == null)
            {
                throw new CloudException("Bad answer", "Trying again", "The service's answer is not understood: " + json, "It is tried again.", false);
            }

            return operation;
        }

        private RegistrationState Conclude(RegistrationOperation operation)
        {
            RegistrationState state = operation.RegistrationState;
            if (operation.Status == "assigned" && state != null && !string.IsNullOrEmpty(state.AssignedHub) && !string.IsNullOrEmpty(state.DeviceId))
            {
                return state;
            }

            if (operation.Status == "disabled")
            {
                throw new CloudException("DPS: disabled", "Enable it in DPS, then reset", "The enrollment of " + _registrationId + " is disabled.", "Enable it in the provisioning service.", true);
            }

            int code = state == null ? 0 : state.ErrorCode;
            throw Refusal(code / 1000, code, state == null ? "" : state.ErrorMessage, 0);
        }

        private CloudException Refusal(int status, int errorCode, string message, int retryAfter)
        {
            string what = "DPS answers " + errorCode.ToString() + " to " + _registrationId + ". " + message;
            if (status == 401 && _isByKey)
            {
                return new CloudException("DPS refuses: 401", "Hold A, reset: set_az_iotdps", what, "The key is not the enrolled one: in configuration mode type: set_az_iotdps <connection string of the enrollment>", true);
            }

            if (status == 401)
            {
                return new CloudException("DPS refuses: 401", "Enroll this certificate, then reset", what, "The certificate is not the enrolled one: show_identity prints it; enroll it, or flash the enrolled image.", true);
            }

            if (status == 404)
            {
                return new CloudException("DPS: not found", "Check ID scope, enroll, then reset", what, "Check the ID scope (set_dps_idscope " + _idScope + "?) and that an enrollment exists.", true);
            }

            bool isTransient = status == 429 || status >= 500;
            return new CloudException("DPS: " + errorCode.ToString(), isTransient ? "Trying again" : "Check the enrollment, then reset", what, isTransient ? "It is tried again." : "Check the enrollment in the provisioning service.", !isTransient)
            {
                RetryAfter = retryAfter,
            };
        }
    }
}
