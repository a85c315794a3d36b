namespace DevKit.Dps.Azure.Provisioning
{
    /// <summary>Where a device has been assigned to, or why it has not.</summary>
    public sealed class RegistrationState
    {
        /// <summary>Host name of the hub.</summary>
        public string AssignedHub { get; set; }

        /// <summary>The device's name at that hub.</summary>
        public string DeviceId { get; set; }

        /// <summary>assigned, failed or disabled.</summary>
        public string Status { get; set; }

        /// <summary>Six digits, of which the first three are the HTTP status; 0 when all is well.</summary>
        public int ErrorCode { get; set; }

        /// <summary>What is wrong, in the service's words.</summary>
        public string ErrorMessage { get; set; }
    }
}
