namespace DevKit.Azure.Provisioning
{
    /// <summary>Where a device has been assigned to, or why it has not.</summary>
    public sealed class RegistrationState
    {
        /// <summary>Host name of the hub, or null.</summary>
        public string AssignedHub { get; internal set; }

        /// <summary>The device's name at that hub, or null.</summary>
        public string DeviceId { get; internal set; }

        /// <summary>How the assignment came to be, such as initialAssignment or deviceDataMigrated; or null.</summary>
        public string Substatus { get; internal set; }

        /// <summary>Six digits, of which the first three are the HTTP status; 0 when there is none.</summary>
        public int ErrorCode { get; internal set; }

        /// <summary>What is wrong, in the service's words, or null.</summary>
        public string ErrorMessage { get; internal set; }

        /// <summary>What the owner's allocation function gave back, JSON in UTF-8, or null.</summary>
        public byte[] Payload { get; internal set; }

        /// <summary>
        /// The operational certificate and those above it, DER in base64, the device's own first; null when none was issued. They are not
        /// looked into.
        /// </summary>
        public string[] IssuedCertificateChain { get; internal set; }
    }
}
