using System.Net;
using DevKit.DpsEmulator.Host;

namespace DevKit.Demo;

/// <summary>Starts the local cloud, on its usual ports or, when these are busy, on free ones.</summary>
internal static class CloudStarter
{
    public static async Task<EmulatorHost> StartAsync(string folder, CancellationToken cancellation)
    {
        EmulatorOptions usual = new() { DataFolder = folder };
        try
        {
            return await EmulatorHost.StartAsync(usual, cancellation);
        }
        catch (EmulatorException)
        {
            IPEndPoint free = new(IPAddress.Loopback, 0);
            return await EmulatorHost.StartAsync(usual with { Mqtt = free, Https = free, Http = free }, cancellation);
        }
    }
}
