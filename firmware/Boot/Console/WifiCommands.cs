using DevKit.Board;
using DevKit.Boot.Network;
using DevKit.Boot.Settings;

namespace DevKit.Boot.Console
{
    /// <summary>Commands for the Wi-Fi network.</summary>
    public sealed class WifiCommands
    {
        private readonly SerialConsole _serial;
        private readonly SettingWriter _settings;

        /// <summary>For a board.</summary>
        public WifiCommands(BoardParts parts)
        {
            _serial = parts.Serial;
            _settings = new SettingWriter(parts);
        }

        /// <summary>Adds the commands to a console's.</summary>
        public void AddTo(CommandTable commands)
        {
            commands.Add(new ConsoleCommand("scan", "", "list the Wi-Fi networks in reach", false, 1, 1, Scan));
            commands.Add(new ConsoleCommand("set_wifissid", "<SSID>", "set the Wi-Fi network's name", false, 2, 2, SetSsid));
            commands.Add(
                new ConsoleCommand(
                    "set_wifipwd", "[password]", "set the Wi-Fi password; none for an open network", true, 1, 2, SetPassword));
        }

        private void Scan(CommandLine line)
        {
            if (!DeviceNetwork.IsPresent)
            {
                _serial.WriteLine("ERROR: This nanoCLR image has no network stack.");
                return;
            }

            string[] names = DeviceNetwork.ScanWifi();
            if (names.Length == 0)
            {
                _serial.WriteLine("No available network.");
                return;
            }

            _serial.WriteLine("Available networks:");
            for (int i = 0; i < names.Length; i++)
            {
                _serial.WriteLine("  " + names[i]);
            }
        }

        private void SetSsid(CommandLine line)
        {
            if (_settings.TryWrite(Setting.WifiSsid, line.GetBytes(1), "Wi-Fi SSID"))
            {
                _serial.WriteLine(IsSet(Setting.WifiPassword, "Wi-Fi password")
                    ? "INFO: The stored Wi-Fi password was kept; set_wifipwd changes it."
                    : "INFO: No Wi-Fi password is set; set_wifipwd sets one.");
            }
        }

        private void SetPassword(CommandLine line)
        {
            bool done = line.Count == 1
                ? _settings.TryErase(Setting.WifiPassword, "Wi-Fi password")
                : _settings.TryWrite(Setting.WifiPassword, line.GetBytes(1), "Wi-Fi password");
            if (done)
            {
                _serial.WriteLine(IsSet(Setting.WifiSsid, "Wi-Fi SSID")
                    ? "INFO: The stored Wi-Fi SSID was kept."
                    : "INFO: No Wi-Fi SSID is set yet; set_wifissid sets it.");
            }
        }

        private bool IsSet(Setting setting, string name)
        {
            SettingValue value = _settings.TryRead(setting, name);
            if (value == null)
            {
                return false;
            }

            value.Clear();
            return value.State == SettingState.Set;
        }
    }
}
