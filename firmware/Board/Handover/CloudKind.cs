namespace DevKit.Board.Handover
{
    /// <summary>Which of the two connection strings zone 5 holds.</summary>
    public enum CloudKind
    {
        /// <summary>None.</summary>
        None,

        /// <summary>A hub's device connection string: HostName, DeviceId, SharedAccessKey.</summary>
        Hub,

        /// <summary>Device Provisioning Service: DPSEndpoint, IdScope, RegistrationId, DeviceId, SymmetricKey, Csr.</summary>
        Dps,

        /// <summary>Neither.</summary>
        Unrecognized,
    }
}
