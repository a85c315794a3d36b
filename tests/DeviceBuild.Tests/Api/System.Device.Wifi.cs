using System;
using System.Reflection;

[assembly: AssemblyVersion("1.5.149.0")]

namespace System.Device.Wifi
{
    public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object e);

    public sealed class WifiAdapter : IDisposable
    {
        public extern WifiConnectionResult Connect(
            WifiAvailableNetwork availableNetwork, WifiReconnectionKind reconnectionKind, string passwordCredential);
        public extern WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential);
        public extern void Disconnect();
        public static extern WifiAdapter[] FindAllAdapters();
        public extern void SetDeviceName(string deviceName);
        public extern void ScanAsync();
        public extern void Dispose();
        public extern int NetworkInterface { get; }
        public extern WifiNetworkReport NetworkReport { get; }
        public event AvailableNetworksChangedEventHandler AvailableNetworksChanged;
        internal extern WifiAdapter();
    }

    public class WifiAvailableNetwork
    {
        public extern WifiAvailableNetwork();
        public extern string Bsid { get; }
        public extern string Ssid { get; }
        public extern double NetworkRssiInDecibelMilliwatts { get; }
        public extern byte SignalBars { get; }
    }

    public class WifiConnectionResult
    {
        public extern WifiConnectionStatus ConnectionStatus { get; }
        internal extern WifiConnectionResult();
    }

    public enum WifiConnectionStatus
    {
        AccessRevoked = 0,
        InvalidCredential = 1,
        NetworkNotAvailable = 2,
        Success = 3,
        Timeout = 4,
        UnspecifiedFailure = 5,
        UnsupportedAuthenticationProtocol = 6,
    }

    public class WifiNetworkReport
    {
        public extern WifiAvailableNetwork[] AvailableNetworks { get; }
        internal extern WifiNetworkReport();
    }

    public enum WifiReconnectionKind
    {
        Automatic = 0,
        Manual = 1,
    }
}
