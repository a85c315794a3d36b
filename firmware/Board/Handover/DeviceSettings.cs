namespace DevKit.Board.Handover
{
    /// <summary>The settings that an application needs, as read from the secure element.</summary>
    public sealed class DeviceSettings
    {
        /// <summary>Puts the settings together.</summary>
        public DeviceSettings(string wifiSsid, byte[] wifiPassword, CloudSettings cloud)
        {
            WifiSsid = wifiSsid;
            WifiPassword = wifiPassword;
            Cloud = cloud;
        }

        /// <summary>Name of the Wi-Fi network, or null when none is set.</summary>
        public string WifiSsid { get; }

        /// <summary>Its password as UTF-8, or null for an open network.</summary>
        public byte[] WifiPassword { get; }

        /// <summary>How the device reaches its cloud.</summary>
        public CloudSettings Cloud { get; }
    }
}
