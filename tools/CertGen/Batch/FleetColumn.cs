namespace DevKit.CertGen.Batch;

/// <summary>What a fleet's file says of a board; a column's header is the name here, in any case.</summary>
internal enum FleetColumn
{
    /// <summary>The registration ID that the device is set to.</summary>
    RegistrationId,

    /// <summary>Instead: the MAC address of which the device makes its own.</summary>
    Mac,

    /// <summary>With a MAC address: the firmware version; without it, the image's.</summary>
    Firmware,

    /// <summary>64 hex characters, or <c>generate</c>; without it, the board's file in the folder of secrets.</summary>
    Uds,

    /// <summary>The device's name at the hub; without it, the registration ID.</summary>
    DeviceId,

    /// <summary>The host name of the hub that it is assigned to.</summary>
    Hub,

    /// <summary>The tags that its twin begins with.</summary>
    Tags,
}
