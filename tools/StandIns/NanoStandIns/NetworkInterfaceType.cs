namespace NanoStandIns;

/// <summary>The device's <c>System.Net.NetworkInformation.NetworkInterfaceType</c>, which has fewer than .NET's.</summary>
public enum NetworkInterfaceType
{
    Unknown = 1,
    Ethernet = 6,
    Wireless80211 = 71,
    WirelessAP = 72,
}
