namespace DevKit.Azure.Provisioning
{
    /// <summary>How far a registration is.</summary>
    public enum ProvisioningStatus : byte
    {
        /// <summary>The service took the connection.</summary>
        Connected,

        /// <summary>The service is asked to register the device.</summary>
        Registering,

        /// <summary>The service has not decided yet, and is asked again after a pause.</summary>
        Assigning,

        /// <summary>
        /// The device has a hub: <see cref="RegistrationState.AssignedHub"/> and <see cref="RegistrationState.DeviceId"/>.
        /// </summary>
        Assigned,

        /// <summary>The enrollment is disabled.</summary>
        Disabled,

        /// <summary>The service refuses the device, or can't register it now.</summary>
        Failed,
    }
}
