using NanoStandIns;

namespace System.Device.Wifi;

public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object e);

public sealed class WifiAdapter : IDisposable
{
    private IReadOnlyList<string> _found = [];

    private WifiAdapter()
    {
    }

    public event AvailableNetworksChangedEventHandler AvailableNetworksChanged;

    public int NetworkInterface => 0;

    public WifiNetworkReport NetworkReport => new(_found);

    public static WifiAdapter[] FindAllAdapters() =>
        MachineHost.Current.Network.PhysicalAddress == null ? [] : [new WifiAdapter()];

    public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential) =>
        new(MachineHost.Current.Network.JoinWifi(ssid, passwordCredential));

    public void Disconnect()
    {
    }

    public void ScanAsync()
    {
        _found = MachineHost.Current.Network.ScanWifi();
        AvailableNetworksChanged?.Invoke(this, EventArgs.Empty);
    }

    public void Dispose()
    {
    }
}
