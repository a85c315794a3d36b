namespace DevKit.Dps.Azure.Provisioning
{
    /// <summary>The service's answer to a registration or to the question how far it is, as its JSON has it.</summary>
    public sealed class RegistrationOperation
    {
        /// <summary>Identifies the operation while it runs.</summary>
        public string OperationId { get; set; }

        /// <summary>unassigned, assigning, assigned, failed or disabled.</summary>
        public string Status { get; set; }

        /// <summary>The outcome, once there is one.</summary>
        public RegistrationState RegistrationState { get; set; }

        /// <summary>Six digits, of which the first three are the HTTP status; 0 when all is well.</summary>
        public int ErrorCode { get; set; }

        /// <summary>What is wrong, in the service's words.</summary>
        public string Message { get; set; }

        /// <summary>Identifies the failure towards Azure's support.</summary>
        public string TrackingId { get; set; }
    }
}
