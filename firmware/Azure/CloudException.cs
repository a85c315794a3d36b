using System;

namespace DevKit.Azure
{
    /// <summary>The cloud can't be reached, or will not have this device: the reason, and the values that belong to it.</summary>
    public sealed class CloudException : Exception
    {
        /// <summary>Describes a failure.</summary>
        /// <param name="reason">What is wrong.</param>
        /// <param name="host">Host name of the service, or null where none is concerned.</param>
        public CloudException(CloudReason reason, string host)
            : this(reason, host, null)
        {
        }

        /// <summary>Describes a failure that came of another one.</summary>
        /// <param name="reason">What is wrong.</param>
        /// <param name="host">Host name of the service, or null where none is concerned.</param>
        /// <param name="cause">What was thrown below.</param>
        public CloudException(CloudReason reason, string host, Exception cause)
            : base(null, cause)
        {
            Reason = reason;
            Host = host;
        }

        /// <summary>What is wrong.</summary>
        public CloudReason Reason { get; }

        /// <summary>Host name of the service, or null where none is concerned.</summary>
        public string Host { get; }

        /// <summary>
        /// Which service it is, with <see cref="CloudReason.ConnectionLost"/>, <see cref="CloudReason.ConnectRefused"/> and
        /// <see cref="CloudReason.ServerUnavailable"/>.
        /// </summary>
        public CloudService Service { get; set; }

        /// <summary>
        /// The registration ID or device ID that was not accepted; with <see cref="CloudReason.AssignmentInvalid"/> which value is wrong.
        /// </summary>
        public string Id { get; set; }

        /// <summary>The ID scope that was asked, or null.</summary>
        public string IdScope { get; set; }

        /// <summary>
        /// CONNACK's return code; TLS's code; DPS's error code (six digits) or status (three); how often was asked while DPS was assigning.
        /// </summary>
        public int Code { get; set; }

        /// <summary>
        /// What the service said, in its own words, or null: not to be trusted. With <see cref="CloudReason.CertificateInvalid"/> what is
        /// wrong with its certificate; with <see cref="CloudReason.ServerNotTrusted"/> the device's date.
        /// </summary>
        public string ServiceText { get; set; }

        /// <summary>The least pause before the next try, in seconds, as the service asked for; 0 when it did not.</summary>
        public int RetryAfter { get; set; }

        /// <summary>Whether trying again soon is pointless: the user or the cloud's owner has to act.</summary>
        public bool IsFinal
        {
            get
            {
                switch (Reason)
                {
                    case CloudReason.IdScopeMissing:
                    case CloudReason.KeyNotBase64:
                    case CloudReason.ConnectRefused:
                    case CloudReason.SubscriptionRefused:
                    case CloudReason.EnrollmentDisabled:
                    case CloudReason.KeyNotEnrolled:
                    case CloudReason.CertificateNotEnrolled:
                    case CloudReason.EnrollmentNotFound:
                    case CloudReason.RegistrationFailed:
                    case CloudReason.AssignmentInvalid:
                    case CloudReason.CertificateInvalid:
                        return true;
                    default:
                        return false;
                }
            }
        }

        /// <summary>Reason and host, for a debugger: what people read is made from the values.</summary>
        public override string Message
        {
            get { return Reason.ToString() + ": " + Host; }
        }
    }
}
