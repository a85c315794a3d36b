using System.Device.Wifi;
using System.Net.Sockets;

namespace NanoStandIns;

/// <summary>The board's Wi-Fi, and what lies behind the access point.</summary>
public interface INetwork
{
    /// <summary>The station's MAC address, 6 bytes, or null when this nanoCLR image has no network stack.</summary>
    byte[] PhysicalAddress { get; }

    /// <summary>The CA bundle stored in the device's configuration block, PEM, or null.</summary>
    string CaStore { get; }

    /// <summary>Whether a Wi-Fi network is joined.</summary>
    bool IsWifiJoined { get; }

    /// <summary>The names of the Wi-Fi networks in reach.</summary>
    IReadOnlyList<string> ScanWifi();

    /// <summary>Joins a Wi-Fi network.</summary>
    /// <param name="ssid">The network's name.</param>
    /// <param name="password">Its password; empty for an open network.</param>
    WifiConnectionStatus JoinWifi(string ssid, string password);

    /// <summary>Asks the network's DNS for a name, or takes an address as it is.</summary>
    /// <exception cref="SocketException">The network does not know the name, or there is none.</exception>
    void Resolve(string host);

    /// <summary>Opens a TCP connection: resolves the name as the network's DNS does and connects.</summary>
    /// <exception cref="SocketException">The name is unknown there, or nobody listens.</exception>
    Stream Connect(string host, int port);
}
