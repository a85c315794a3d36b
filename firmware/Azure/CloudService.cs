namespace DevKit.Azure
{
    /// <summary>The services of Azure that the device talks to.</summary>
    public enum CloudService : byte
    {
        /// <summary>The Device Provisioning Service, which says where the device belongs.</summary>
        DeviceProvisioning,

        /// <summary>IoT Hub.</summary>
        IotHub,
    }
}
