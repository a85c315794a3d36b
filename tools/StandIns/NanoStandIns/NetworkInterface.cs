namespace NanoStandIns;

/// <summary>The device's <c>System.Net.NetworkInformation.NetworkInterface</c>, whose shape is not .NET's.</summary>
public class NetworkInterface
{
    protected NetworkInterface()
    {
    }

    public byte[] PhysicalAddress => MachineHost.Current.Network.PhysicalAddress;

    public NetworkInterfaceType NetworkInterfaceType => NetworkInterfaceType.Wireless80211;

    public string IPv4Address => MachineHost.Current.Network.IsWifiJoined ? "192.168.1.23" : "0.0.0.0";

    public static NetworkInterface[] GetAllNetworkInterfaces() =>
        MachineHost.Current.Network.PhysicalAddress == null ? [] : [new NetworkInterface()];
}
