namespace DevKit.CertGen.Inspection;

/// <summary>What a certificate is to a DevKit.</summary>
internal enum CertificateKind
{
    /// <summary>The alias certificate of a board with this firmware.</summary>
    Alias,

    /// <summary>A DeviceID certificate, self-signed.</summary>
    DeviceId,

    /// <summary>A DeviceID certificate that an owner's CA signed.</summary>
    SignedDeviceId,

    /// <summary>A CA's.</summary>
    Authority,

    /// <summary>A certificate of the original Arduino firmware, whose DeviceID private key follows from it.</summary>
    Legacy,

    /// <summary>Another.</summary>
    Other,
}
