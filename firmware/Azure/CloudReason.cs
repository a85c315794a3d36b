namespace DevKit.Azure
{
    /// <summary>Why the cloud can't be reached or will not have this device.</summary>
    public enum CloudReason : byte
    {
        /// <summary>No ID scope of a provisioning service is known.</summary>
        IdScopeMissing,

        /// <summary>The shared access key is not base64.</summary>
        KeyNotBase64,

        /// <summary>The host's name can't be resolved; the inner exception has the cause.</summary>
        HostNotFound,

        /// <summary>No TCP connection, or no CONNACK; the inner exception has the cause.</summary>
        ConnectFailed,

        /// <summary>The connection did not stand in time: the server takes it and says nothing.</summary>
        ConnectTimedOut,

        /// <summary>The server's certificate is refused: its name, its CA, or the date.</summary>
        ServerNotTrusted,

        /// <summary>The TLS handshake failed for another reason; the inner exception has the code.</summary>
        TlsFailed,

        /// <summary>CONNACK refuses the device: the code says that its name or its credential is not accepted.</summary>
        ConnectRefused,

        /// <summary>CONNACK refuses the device: the code says that the server can't take it now.</summary>
        ServerUnavailable,

        /// <summary>SUBACK refuses the subscription (MQTT 3.1.1, 3.9.3: 0x80).</summary>
        SubscriptionRefused,

        /// <summary>No SUBACK in time.</summary>
        SubscriptionTimedOut,

        /// <summary>No PUBACK, however often the message was sent: the MQTT client gave it up.</summary>
        MessageNotAcknowledged,

        /// <summary>No PUBACK in time, and no word of the MQTT client about it.</summary>
        MessageTimedOut,

        /// <summary>The connection stood, and was closed.</summary>
        ConnectionLost,

        /// <summary>The provisioning service took the request, and does not answer it.</summary>
        RegistrationTimedOut,

        /// <summary>The provisioning service's answer is not understood.</summary>
        AnswerInvalid,

        /// <summary>The provisioning service assigns a hub, a name or an operation that can't be one.</summary>
        AssignmentInvalid,

        /// <summary>The operational certificate that was issued does not certify this device.</summary>
        CertificateInvalid,

        /// <summary>The provisioning service does not come to a decision.</summary>
        StillAssigning,

        /// <summary>The enrollment is disabled.</summary>
        EnrollmentDisabled,

        /// <summary>401, to a device that registers by a shared key.</summary>
        KeyNotEnrolled,

        /// <summary>401, to a device that registers by its certificate.</summary>
        CertificateNotEnrolled,

        /// <summary>404: no such ID scope, or no enrollment.</summary>
        EnrollmentNotFound,

        /// <summary>429 or 5xx: the provisioning service can't register the device now.</summary>
        RegistrationDeferred,

        /// <summary>Any other answer of the provisioning service that is no assignment.</summary>
        RegistrationFailed,
    }
}
