using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Text;
using System.Threading;
using DevKit.Board;
using DevKit.Board.Handover;

namespace DevKit.Dps
{
    /// <summary>The Wi-Fi network: joins it, waits for an address and for the clock.</summary>
    public sealed class WifiLink
    {
        private const int PollMilliseconds = 200;
        private const int AddressPolls = 150;
        private const int ClockPolls = 300;
        private const string NoAddress = "0.0.0.0";

        // Before the first SNTP answer the clock starts at an earlier year.
        private const int FirstPlausibleYear = 2024;

        private readonly DeviceSettings _settings;
        private readonly StatusPanel _panel;

        /// <summary>For these settings.</summary>
        public WifiLink(DeviceSettings settings, StatusPanel panel)
        {
            _settings = settings;
            _panel = panel;
        }

        /// <summary>
        /// Joins the network. Not by WifiNetworkHelper, which writes name and password in clear into the configuration block.
        /// </summary>
        /// <exception cref="CloudException">The network can't be joined.</exception>
        public void Join()
        {
            _panel.Lights.ShowWifi(false);
            if (_settings.WifiSsid == null)
            {
                throw new CloudException("No Wi-Fi name", "Hold A, reset: set_wifissid", "No Wi-Fi network is set.", "In configuration mode type: set_wifissid <SSID> and set_wifipwd <password>", true);
            }

            _panel.Log("Wi-Fi: joining " + _settings.WifiSsid);
            _panel.Show("Wi-Fi", "Joining", _settings.WifiSsid, "");
            WifiAdapter[] adapters = WifiAdapter.FindAllAdapters();
            if (adapters.Length == 0)
            {
                throw new CloudException("No Wi-Fi", "Flash a network image", "This nanoCLR image has no Wi-Fi adapter.", "Flash the board with an image that has the network stack.", true);
            }

            byte[] password = _settings.WifiPassword;
            string credential = password == null ? "" : Encoding.UTF8.GetString(password, 0, password.Length);
            WifiConnectionResult result = adapters[0].Connect(_settings.WifiSsid, WifiReconnectionKind.Manual, credential);
            Check(result.ConnectionStatus);
            string address = WaitForAddress();
            WaitForClock();
            _panel.Lights.ShowWifi(true);
            _panel.Log("Wi-Fi: joined " + _settings.WifiSsid + ", address " + address);
        }

        private void Check(WifiConnectionStatus status)
        {
            if (status == WifiConnectionStatus.Success)
            {
                return;
            }

            if (status == WifiConnectionStatus.InvalidCredential)
            {
                throw new CloudException("Wi-Fi password", "Hold A, reset: set_wifipwd", "The network " + _settings.WifiSsid + " refuses the password.", "In configuration mode type: set_wifipwd <password>", false);
            }

            if (status == WifiConnectionStatus.NetworkNotAvailable)
            {
                throw new CloudException("Wi-Fi not found", "Check its name; trying again", "The network " + _settings.WifiSsid + " is not in reach.", "Check its name (2.4 GHz only), or in configuration mode type: scan", false);
            }

            throw new CloudException("Wi-Fi failed", "Move closer; trying again", "The network " + _settings.WifiSsid + " can't be joined: status " + ((int)status).ToString() + ".", "Check the access point, or move closer to it.", false);
        }

        private static string WaitForAddress()
        {
            for (int i = 0; i < AddressPolls; i++)
            {
                NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
                for (int n = 0; n < interfaces.Length; n++)
                {
                    string address = interfaces[n].IPv4Address;
                    if (interfaces[n].NetworkInterfaceType == NetworkInterfaceType.Wireless80211 && !string.IsNullOrEmpty(address) && address != NoAddress)
                    {
                        return address;
                    }
                }

                Thread.Sleep(PollMilliseconds);
            }

            throw new CloudException("No IP address", "Check DHCP; trying again", "The network gives no address.", "Check that it has a DHCP server.", false);
        }

        // Certificates can't be judged without the date. nanoCLR sets the clock by SNTP once there is a network.
        private static void WaitForClock()
        {
            for (int i = 0; i < ClockPolls; i++)
            {
                if (DateTime.UtcNow.Year >= FirstPlausibleYear)
                {
                    return;
                }

                Thread.Sleep(PollMilliseconds);
            }

            throw new CloudException("No time", "Check UDP 123; trying again", "The clock could not be set by SNTP (pool.ntp.org).", "Let UDP port 123 through to the internet.", false);
        }
    }
}
