namespace System.Device.Wifi;

public enum WifiReconnectionKind
{
    Automatic,
    Manual,
}

public class WifiConnectionResult
{
    internal WifiConnectionResult(WifiConnectionStatus status) => ConnectionStatus = status;

    public WifiConnectionStatus ConnectionStatus { get; }
}

public class WifiAvailableNetwork
{
    public string Ssid { get; internal set; }
}

public class WifiNetworkReport
{
    internal WifiNetworkReport(IReadOnlyList<string> names) =>
        AvailableNetworks = [.. names.Select(name => new WifiAvailableNetwork { Ssid = name })];

    public WifiAvailableNetwork[] AvailableNetworks { get; }
}
