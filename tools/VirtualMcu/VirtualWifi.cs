using System.Device.Wifi;
using System.Net;
using System.Net.Sockets;
using DevKit.VirtualMcu.Link;
using NanoStandIns;

namespace DevKit.VirtualMcu;

/// <summary>
/// Wi-Fi that stands for the PC's network. Where a cloud end point is given, the names of Azure's services lead there,
/// as if the access point's DNS said so: the firmware keeps its own endpoint and port, and still verifies the name.
/// </summary>
internal sealed class VirtualWifi(McuConfiguration configuration) : INetwork
{
    private static readonly string[] CloudDomains = [".azure-devices-provisioning.net", ".azure-devices.net"];

    public byte[]? PhysicalAddress => configuration.Mac is { } mac ? [.. mac] : null;

    public string? CaStore => configuration.CaStore;

    public bool IsWifiJoined { get; private set; }

    public IReadOnlyList<string> ScanWifi() => [.. configuration.WifiNetworks.Keys];

    public WifiConnectionStatus JoinWifi(string ssid, string password)
    {
        if (!configuration.WifiNetworks.TryGetValue(ssid, out string? expected))
        {
            return WifiConnectionStatus.NetworkNotAvailable;
        }

        IsWifiJoined = expected.Length == 0 || expected == password;
        return IsWifiJoined ? WifiConnectionStatus.Success : WifiConnectionStatus.InvalidCredential;
    }

    public void Resolve(string host)
    {
        if (!IsWifiJoined)
        {
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        if (!LeadsToCloud(host))
        {
            Dns.GetHostAddresses(host);
        }
    }

    public Stream Connect(string host, int port)
    {
        if (!IsWifiJoined)
        {
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (LeadsToCloud(host))
            {
                socket.Connect(IPEndPoint.Parse(configuration.CloudEndPoint!));
            }
            else
            {
                socket.Connect(host, port);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool LeadsToCloud(string host) =>
        configuration.CloudEndPoint != null && CloudDomains.Any(domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
}
