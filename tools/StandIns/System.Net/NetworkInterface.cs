namespace NanoStandIns;

public enum NetworkInterfaceType
{
    Unknown = 1,
    Ethernet = 6,
    Wireless80211 = 71,
    WirelessAP = 72,
}

/// <summary>The device's <c>System.Net.NetworkInformation.NetworkInterface</c>, whose shape is not .NET's.</summary>
public class NetworkInterface
{
    protected NetworkInterface()
    {
    }

    public byte[] PhysicalAddress => MachineHost.Current.PhysicalAddress;

    public NetworkInterfaceType NetworkInterfaceType => NetworkInterfaceType.Wireless80211;

    public string IPv4Address => MachineHost.Current.IsWifiJoined ? "192.168.1.23" : "0.0.0.0";

    public static NetworkInterface[] GetAllNetworkInterfaces() =>
        MachineHost.Current.PhysicalAddress == null ? [] : [new NetworkInterface()];
}
