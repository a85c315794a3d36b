using System.Device.Wifi;
using System.Net.Sockets;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>A board of which only the network is there: every name but <c>unknown.example</c> is this machine.</summary>
internal sealed class LocalNetwork : INetwork
{
    public string? CaStore { get; set; }

    public byte[]? PhysicalAddress => [2, 0, 0, 0, 0, 1];

    public bool IsWifiJoined => true;

    /// <summary>How often a connection was opened.</summary>
    internal int Connections { get; private set; }

    /// <summary>Makes this the one part of the board that the stand-ins see.</summary>
    internal void Install() => MachineHost.Current = new Machine { Network = this };

    public IReadOnlyList<string> ScanWifi() => ["here"];

    public WifiConnectionStatus JoinWifi(string ssid, string password) => WifiConnectionStatus.Success;

    public void Resolve(string host)
    {
        if (host == "unknown.example")
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }
    }

    public Stream Connect(string host, int port)
    {
        Resolve(host);
        Connections++;
        return new TcpClient("127.0.0.1", port).GetStream();
    }
}
