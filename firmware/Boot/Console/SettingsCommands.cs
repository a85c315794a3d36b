using System.Text;
using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Boot.Settings;

namespace DevKit.Boot.Console
{
    /// <summary>Commands that show and clear settings.</summary>
    public sealed class SettingsCommands
    {
        private const string Names =
            "wifissid, wifipwd, dps_uds, az_iothub, az_iotdps, dps_endpoint, dps_idscope, registration_id, dps_csr, device_cert";

        private readonly SerialConsole _serial;
        private readonly SettingWriter _settings;
        private readonly CloudWriter _cloud;

        /// <summary>For a board.</summary>
        public SettingsCommands(BoardParts parts)
        {
            _serial = parts.Serial;
            _settings = new SettingWriter(parts);
            _cloud = new CloudWriter(parts);
        }

        /// <summary>Adds the commands to a console's.</summary>
        public void AddTo(CommandTable commands)
        {
            commands.Add(new ConsoleCommand("show", "", "show every setting, secrets only as set or not set", false, 1, 1, Show));
            commands.Add(new ConsoleCommand("clear", "<setting>", "clear " + Names, false, 2, 2, Clear));
        }

        private void Show(CommandLine line)
        {
            ShowSetting(Setting.WifiSsid, "wifissid");
            ShowSetting(Setting.WifiPassword, "wifipwd");
            ShowSetting(Setting.Uds, "dps_uds");
            ShowSetting(Setting.DeviceCertificate, "device_cert");
            ShowCloud();
        }

        private void ShowSetting(Setting setting, string name)
        {
            SettingValue value = _settings.TryRead(setting, name);
            if (value == null)
            {
                return;
            }

            try
            {
                bool plain = value.State == SettingState.Set && setting == Setting.WifiSsid;
                Print(name, plain ? Encoding.UTF8.GetString(value.Bytes, 0, value.Bytes.Length) : Describe(value));
            }
            finally
            {
                value.Clear();
            }
        }

        private void ShowCloud()
        {
            SettingValue value = _settings.TryRead(Setting.Cloud, "the cloud settings");
            if (value == null)
            {
                return;
            }

            CloudSettings cloud = CloudSettings.Parse(value.Bytes, out _);
            value.Clear();
            if (value.State == SettingState.Unrecognized)
            {
                Print("cloud", Describe(value));
            }
            else if (cloud.Kind == CloudKind.Hub)
            {
                Print("az_iothub", "HostName=" + cloud.HostName + ";DeviceId=" + cloud.DeviceId + ";SharedAccessKey is set");
            }
            else
            {
                Print("dps_endpoint", cloud.DpsEndpoint ?? "not set (the global endpoint)");
                Print("dps_idscope", cloud.IdScope ?? "not set");
                Print("registration_id", cloud.RegistrationId ?? "not set (made of MAC and firmware version)");
                Print("dps_csr", cloud.IsCsrWanted ? "on" : "off");
                if (cloud.DeviceId != null || cloud.SymmetricKey != null)
                {
                    Print("az_iotdps", "DeviceId=" + cloud.DeviceId + ";SymmetricKey is "
                        + (cloud.SymmetricKey == null ? "not set" : "set"));
                }
            }
        }

        private void Print(string name, string value)
        {
            _serial.WriteLine(name + ": " + value);
        }

        private static string Describe(SettingValue value)
        {
            switch (value.State)
            {
                case SettingState.Set: return "set";
                case SettingState.NotSet: return "not set";
                default: return "something else stands there: " + value.Problem;
            }
        }

        private void Clear(CommandLine line)
        {
            string name = line.GetText(1);
            switch (name)
            {
                case "wifissid":
                    _settings.TryErase(Setting.WifiSsid, name);
                    break;
                case "wifipwd":
                    _settings.TryErase(Setting.WifiPassword, name);
                    break;
                case "dps_uds":
                    _settings.TryErase(Setting.Uds, name);
                    break;
                case "device_cert":
                    _settings.TryErase(Setting.DeviceCertificate, name);
                    break;
                case "az_iothub":
                case "az_iotdps":
                case "dps_endpoint":
                case "dps_idscope":
                case "registration_id":
                case "dps_csr":
                    _cloud.Clear(name);
                    break;
                default:
                    _serial.WriteLine("Invalid setting: " + name);
                    _serial.WriteLine("Usage: clear <setting>, one of " + Names);
                    break;
            }
        }
    }
}
