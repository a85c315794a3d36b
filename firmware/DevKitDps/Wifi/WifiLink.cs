using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Text;
using System.Threading;

namespace DevKit.Dps.Wifi
{
    /// <summary>The Wi-Fi network: joins it, waits for an address and for the clock.</summary>
    public sealed class WifiLink
    {
        private const int PollMilliseconds = 200;
        private const int AddressPolls = 150;
        private const int ClockPolls = 300;
        private const string UnsetAddress = "0.0.0.0";

        // Before the first SNTP answer the clock starts at an earlier year.
        private const int FirstPlausibleYear = 2024;

        private readonly string _ssid;
        private readonly byte[] _password;

        /// <summary>For a network.</summary>
        /// <param name="ssid">Its name, or null when none is set.</param>
        /// <param name="password">Its password as UTF-8, or null for an open network.</param>
        public WifiLink(string ssid, byte[] password)
        {
            _ssid = ssid;
            _password = password;
        }

        /// <summary>
        /// Joins the network. Not by WifiNetworkHelper, which writes name and password in clear into the configuration block.
        /// </summary>
        /// <returns>The device's IPv4 address.</returns>
        /// <exception cref="WifiException">The network can't be joined.</exception>
        public string Join()
        {
            if (_ssid == null)
            {
                throw new WifiException(WifiReason.SsidMissing, null);
            }

            WifiAdapter[] adapters = WifiAdapter.FindAllAdapters();
            if (adapters.Length == 0)
            {
                throw new WifiException(WifiReason.AdapterMissing, _ssid);
            }

            string password = _password == null ? "" : Encoding.UTF8.GetString(_password, 0, _password.Length);
            WifiConnectionStatus status = adapters[0].Connect(_ssid, WifiReconnectionKind.Manual, password).ConnectionStatus;
            if (status != WifiConnectionStatus.Success)
            {
                throw new WifiException(FindReason(status), _ssid) { Status = status };
            }

            string address = WaitForAddress();
            WaitForClock();
            return address;
        }

        private static WifiReason FindReason(WifiConnectionStatus status)
        {
            switch (status)
            {
                case WifiConnectionStatus.InvalidCredential:
                    return WifiReason.PasswordRefused;
                case WifiConnectionStatus.NetworkNotAvailable:
                    return WifiReason.NetworkNotFound;
                default:
                    return WifiReason.JoinFailed;
            }
        }

        private string WaitForAddress()
        {
            for (int i = 0; i < AddressPolls; i++)
            {
                NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
                for (int n = 0; n < interfaces.Length; n++)
                {
                    string address = interfaces[n].IPv4Address;
                    if (interfaces[n].NetworkInterfaceType == NetworkInterfaceType.Wireless80211
                        && !string.IsNullOrEmpty(address) && address != UnsetAddress)
                    {
                        return address;
                    }
                }

                Thread.Sleep(PollMilliseconds);
            }

            throw new WifiException(WifiReason.NoAddress, _ssid);
        }

        // Certificates can't be judged without the date. nanoCLR sets the clock by SNTP once there is a network.
        private void WaitForClock()
        {
            for (int i = 0; i < ClockPolls; i++)
            {
                if (DateTime.UtcNow.Year >= FirstPlausibleYear)
                {
                    return;
                }

                Thread.Sleep(PollMilliseconds);
            }

            throw new WifiException(WifiReason.NoTime, _ssid);
        }
    }
}
