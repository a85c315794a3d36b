namespace DevKit.DpsEmulator.Http;

/// <summary>An enrollment to be made, as JSON.</summary>
internal sealed record EnrollmentRequest
{
    internal const string X509 = "x509";
    internal const string SymmetricKey = "symmetricKey";

    /// <summary><see cref="X509"/>, also when it is not said, or <see cref="SymmetricKey"/>.</summary>
    public string? Attestation { get; init; }

    /// <summary>The certificate, PEM; with X.509 only.</summary>
    public string? Certificate { get; init; }

    /// <summary>The key, base64; with a symmetric key only, and without it one is made.</summary>
    public string? PrimaryKey { get; init; }

    /// <summary>With X.509 the certificate's common name, if it is said.</summary>
    public string? RegistrationId { get; init; }

    /// <summary>The registration ID, if it is not said.</summary>
    public string? DeviceId { get; init; }

    /// <summary>True, if it is not said.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>What of an enrollment can be changed.</summary>
internal sealed record EnrollmentChange(bool? Enabled);
