using System.Device.Wifi;
using System.Net.Sockets;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>A network of which every name but <c>unknown.example</c> is this machine.</summary>
internal sealed class LocalNetwork : INetwork
{
    public string? CaStore { get; set; }

    public byte[]? PhysicalAddress => [2, 0, 0, 0, 0, 1];

    public bool IsWifiJoined => true;

    /// <summary>The connections that were opened.</summary>
    internal List<GatedStream> Connections { get; } = [];

    /// <summary>Called with each new connection, before anything passes.</summary>
    internal Action<GatedStream> Opened { get; set; } = _ => { };

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
        var connection = new GatedStream(new TcpClient("127.0.0.1", port).GetStream());
        Connections.Add(connection);
        Opened(connection);
        return connection;
    }
}
