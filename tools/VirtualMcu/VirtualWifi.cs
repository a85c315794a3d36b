using System.Device.Wifi;
using System.Net;
using System.Net.Sockets;

namespace DevKit.VirtualMcu;

/// <summary>
/// Wi-Fi that stands for the PC's network. Where a cloud end point is given, the names of Azure's services lead there,
/// as if the access point's DNS said so: the firmware keeps its own endpoint and port, and still verifies the name.
/// </summary>
internal sealed class VirtualWifi(IReadOnlyDictionary<string, string> networks, string? cloudEndPoint)
{
    private static readonly string[] CloudDomains = [".azure-devices-provisioning.net", ".azure-devices.net"];

    public bool IsJoined { get; private set; }

    public IReadOnlyList<string> Scan() => [.. networks.Keys];

    public WifiConnectionStatus Join(string ssid, string password)
    {
        if (!networks.TryGetValue(ssid, out string? expected))
        {
            return WifiConnectionStatus.NetworkNotAvailable;
        }

        IsJoined = expected.Length == 0 || expected == password;
        return IsJoined ? WifiConnectionStatus.Success : WifiConnectionStatus.InvalidCredential;
    }

    public void Resolve(string host)
    {
        if (!IsJoined)
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
        if (!IsJoined)
        {
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (LeadsToCloud(host))
            {
                socket.Connect(IPEndPoint.Parse(cloudEndPoint!));
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
        cloudEndPoint != null && CloudDomains.Any(domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
}
