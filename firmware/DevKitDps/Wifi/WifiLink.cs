using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Text;
using DevKit.Azure.Time;
using DevKit.Dps.Time;

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
        private readonly IClock _clock;

        /// <summary>For a network.</summary>
        /// <param name="ssid">Its name, or null when none is set.</param>
        /// <param name="password">Its password as UTF-8, or null for an open network.</param>
        /// <param name="clock">The time.</param>
        public WifiLink(string ssid, byte[] password, IClock clock)
        {
            _ssid = ssid;
            _password = password;
            _clock = clock;
        }

        /// <summary>Whether the network is joined and the device has an address there.</summary>
        public static bool IsUp
        {
            get { return FindAddress() != null; }
        }

        /// <summary>Requires that the network is still joined.</summary>
        /// <exception cref="WifiException">It is gone.</exception>
        public void RequireUp()
        {
            if (!IsUp)
            {
                throw new WifiException(WifiReason.LinkLost, _ssid);
            }
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
                string address = FindAddress();
                if (address != null)
                {
                    return address;
                }

                _clock.Sleep(PollMilliseconds);
            }

            throw new WifiException(WifiReason.NoAddress, _ssid);
        }

        private static string FindAddress()
        {
            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < interfaces.Length; i++)
            {
                string address = interfaces[i].IPv4Address;
                if (interfaces[i].NetworkInterfaceType == NetworkInterfaceType.Wireless80211
                    && !string.IsNullOrEmpty(address) && address != UnsetAddress)
                {
                    return address;
                }
            }

            return null;
        }

        // Certificates can't be judged without the date. nanoCLR sets the clock by SNTP once there is a network.
        private void WaitForClock()
        {
            for (int i = 0; i < ClockPolls; i++)
            {
                if (_clock.UtcNow.Year >= FirstPlausibleYear)
                {
                    return;
                }

                _clock.Sleep(PollMilliseconds);
            }

            throw new WifiException(WifiReason.NoTime, _ssid);
        }
    }
}
