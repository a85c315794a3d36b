using System;
using System.Reflection;
using System.Threading;

namespace DevKit.Boot.Network
{
    /// <summary>
    /// What Boot needs of the network stack. Its types are found by name, so that these sources also build and run
    /// for a nanoCLR image that has no network stack.
    /// </summary>
    public static class DeviceNetwork
    {
#if NANOFRAMEWORK_1_0
        private const string InterfaceType = "System.Net.NetworkInformation.NetworkInterface, System.Net";
        private const string WifiType = "System.Device.Wifi.WifiAdapter, System.Device.Wifi";
#else
        private const string InterfaceType = "NanoStandIns.NetworkInterface, StandIns";
        private const string WifiType = "System.Device.Wifi.WifiAdapter, StandIns";
#endif

        private const int ScanPolls = 24;
        private const int ScanPollMilliseconds = 250;

        private static readonly object[] NoArguments = new object[0];

        /// <summary>Whether this image has a network stack with an interface.</summary>
        public static bool IsPresent
        {
            get { return FindPhysicalAddress() != null; }
        }

        /// <summary>The MAC address of the first interface, 6 bytes, or null when there is none.</summary>
        public static byte[] FindPhysicalAddress()
        {
            Array interfaces = CallStatic(InterfaceType, "GetAllNetworkInterfaces");
            for (int i = 0; interfaces != null && i < interfaces.Length; i++)
            {
                byte[] address = (byte[])Call(interfaces.GetValue(i), "get_PhysicalAddress");
                if (address != null && address.Length == 6)
                {
                    return address;
                }
            }

            return null;
        }

        /// <summary>The names of the Wi-Fi networks in reach; takes up to 6 seconds.</summary>
        public static string[] ScanWifi()
        {
            Array adapters = CallStatic(WifiType, "FindAllAdapters");
            if (adapters == null || adapters.Length == 0)
            {
                return new string[0];
            }

            object adapter = adapters.GetValue(0);
            Call(adapter, "ScanAsync");
            string[] names = ReadNames(adapter);
            for (int i = 0; i < ScanPolls && names.Length == 0; i++)
            {
                Thread.Sleep(ScanPollMilliseconds);
                names = ReadNames(adapter);
            }

            return names;
        }

        private static string[] ReadNames(object adapter)
        {
            Array networks;
            try
            {
                networks = (Array)Call(Call(adapter, "get_NetworkReport"), "get_AvailableNetworks");
            }
            catch (Exception)
            {
                // The report can't be read while the scan runs.
                return new string[0];
            }

            string[] names = new string[networks.Length];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = (string)Call(networks.GetValue(i), "get_Ssid");
            }

            return names;
        }

        private static Array CallStatic(string typeName, string method)
        {
            Type type = Type.GetType(typeName);
            return type == null ? null : (Array)type.GetMethod(method).Invoke(null, NoArguments);
        }

        private static object Call(object target, string method)
        {
            return target.GetType().GetMethod(method, Public).Invoke(target, NoArguments);
        }

        private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
    }
}
