using DevKit.Azure.Text;

namespace DevKit.Azure.Provisioning
{
    /// <summary>
    /// One registration as a machine of states: what is asked next, and what an answer makes of it. It knows neither network nor clock.
    /// </summary>
    public sealed class Registration
    {
        /// <summary>The filter of the service's answers.</summary>
        public const string AnswerFilter = "$dps/registrations/res/#";

        /// <summary>The pause where the service names none, in seconds: its own default.</summary>
        public const int DefaultPauseSeconds = 3;

        /// <summary>The longest pause while the service is assigning, in seconds, whatever it asks for.</summary>
        public const int MostPauseSeconds = 120;

        /// <summary>The longest pause after 429 and 5xx, in seconds, whatever the service asks for.</summary>
        public const int MostDeferralSeconds = 30 * 60;

        /// <summary>How often the service is asked how far it is: assigning takes seconds, and what does not end is begun anew.</summary>
        public const int MaximumPolls = 40;

        /// <summary>How many bytes are kept of an answer that is not understood.</summary>
        public const int LongestUnreadable = 200;

        private const string RegisterTopic = "$dps/registrations/PUT/iotdps-register/?$rid=";
        private const string StatusTopic = "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=";

        private readonly string _endpoint;
        private readonly RegistrationRequest _request;
        private readonly bool _isByKey;
        private int _requestId = 1;
        private string _operationId;

        /// <summary>Begins a registration.</summary>
        /// <param name="endpoint">Host name of the service, for what is told of a failure.</param>
        /// <param name="request">What is asked for.</param>
        /// <param name="isByKey">Whether the device proves itself by a shared key, and not by a certificate.</param>
        public Registration(string endpoint, RegistrationRequest request, bool isByKey)
        {
            _endpoint = endpoint;
            _request = request;
            _isByKey = isByKey;
            Status = ProvisioningStatus.Registering;
        }

        /// <summary>How far it is: Registering, Assigning, and one of Assigned, Disabled and Failed in the end.</summary>
        public ProvisioningStatus Status { get; private set; }

        /// <summary>What the service said of the registration at last, or null.</summary>
        public RegistrationState State { get; private set; }

        /// <summary>Why it came to nothing, when it is Disabled or Failed.</summary>
        public CloudException Failure { get; private set; }

        /// <summary>How long to wait before the next request, in seconds.</summary>
        public int PauseSeconds { get; private set; }

        /// <summary>The topic of the next request, or of the one that waits for its answer.</summary>
        public string Topic
        {
            get
            {
                string requestId = _requestId.ToString();
                return _operationId == null ? RegisterTopic + requestId : StatusTopic + requestId + "&operationId=" + _operationId;
            }
        }

        /// <summary>The content of the next request.</summary>
        public string Body
        {
            get { return _operationId == null ? _request.ToJson() : " "; }
        }

        /// <summary>Takes a message for an answer to the request that was sent last, if it is one.</summary>
        /// <param name="topic">The message's topic.</param>
        /// <param name="body">Its content.</param>
        /// <returns>False for anything else, an answer that came before or late among it: it changes nothing.</returns>
        public bool TryAccept(string topic, byte[] body)
        {
            ServiceAnswer answer = ServiceAnswer.Parse(topic);
            if (answer == null || answer.RequestId != _requestId.ToString() || !IsOpen)
            {
                return false;
            }

            _requestId++;
            RegistrationOperation operation = RegistrationOperation.Parse(body);
            if (answer.Status >= 300)
            {
                Refuse(answer, operation);
            }
            else if (operation == null || operation.Status == null)
            {
                Fail(new CloudException(CloudReason.AnswerInvalid, _endpoint) { ServiceText = Utf8Text.ToText(body, LongestUnreadable) });
            }
            else
            {
                Follow(operation, answer.RetryAfter);
            }

            return true;
        }

        private bool IsOpen
        {
            get { return Status == ProvisioningStatus.Registering || Status == ProvisioningStatus.Assigning; }
        }

        private void Follow(RegistrationOperation operation, int retryAfter)
        {
            State = operation.State;
            switch (operation.Status)
            {
                case "unassigned":
                case "assigning":
                    Poll(operation.OperationId, retryAfter);
                    break;
                case "assigned":
                    Assign();
                    break;
                case "disabled":
                    Status = ProvisioningStatus.Disabled;
                    Failure = new CloudException(CloudReason.EnrollmentDisabled, _endpoint) { Id = _request.RegistrationId };
                    break;
                default:
                    int code = State == null ? 0 : State.ErrorCode;
                    Fail(CreateRefusal(code / 1000, code, State == null ? null : State.ErrorMessage, 0));
                    break;
            }
        }

        private void Poll(string operationId, int retryAfter)
        {
            if (!ServiceText.IsOperationId(operationId))
            {
                FailBy("operationId", operationId);
            }
            else if (_requestId > MaximumPolls + 1)
            {
                Fail(new CloudException(CloudReason.StillAssigning, _endpoint) { Code = MaximumPolls });
            }
            else
            {
                Status = ProvisioningStatus.Assigning;
                _operationId = operationId;
                PauseSeconds = retryAfter == 0 ? DefaultPauseSeconds : retryAfter > MostPauseSeconds ? MostPauseSeconds : retryAfter;
            }
        }

        private void Assign()
        {
            if (State == null || !ServiceText.IsHostName(State.AssignedHub))
            {
                FailBy("assignedHub", State == null ? null : State.AssignedHub);
            }
            else if (!ServiceText.IsDeviceId(State.DeviceId))
            {
                FailBy("deviceId", State.DeviceId);
            }
            else
            {
                Status = ProvisioningStatus.Assigned;
            }
        }

        private void Refuse(ServiceAnswer answer, RegistrationOperation operation)
        {
            int code = operation == null || operation.ErrorCode == 0 ? answer.Status : operation.ErrorCode;
            Fail(CreateRefusal(answer.Status, code, operation == null ? null : operation.Message, answer.RetryAfter));
        }

        private void FailBy(string name, string value)
        {
            string shown = value == null || value.Length <= LongestUnreadable ? value : value.Substring(0, LongestUnreadable);
            Fail(new CloudException(CloudReason.AssignmentInvalid, _endpoint) { Id = name, ServiceText = shown });
        }

        private void Fail(CloudException failure)
        {
            Status = ProvisioningStatus.Failed;
            Failure = failure;
        }

        private CloudException CreateRefusal(int status, int errorCode, string message, int retryAfter)
        {
            return new CloudException(FindReason(status), _endpoint)
            {
                Id = _request.RegistrationId,
                IdScope = _request.IdScope,
                Code = errorCode,
                ServiceText = message,
                RetryAfter = retryAfter > MostDeferralSeconds ? MostDeferralSeconds : retryAfter,
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
