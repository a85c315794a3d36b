namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>Devices that have been through DPS.</summary>
internal static class Provisioning
{
    /// <summary>An emulator with one device, which has registered.</summary>
    internal static async Task<Cloud> StartAsync(
        DeviceCertificate certificate, string id, TimeProvider? clock = null, string? folder = null)
    {
        Cloud cloud = await Cloud.StartAsync(folder, clock);
        await cloud.ProvisionAsync(certificate, id);
        return cloud;
    }

    /// <summary>Enrolls a device and registers it, as a board does.</summary>
    internal static async Task ProvisionAsync(this Cloud cloud, DeviceCertificate certificate, string id)
    {
        await cloud.EnrollAsync(certificate);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, certificate);
        Assert.AreEqual("assigned", (string?)(await device.RegisterAsync(id)).Body["status"], cloud.Log);
    }
}
