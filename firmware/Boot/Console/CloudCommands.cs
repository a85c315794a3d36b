using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Boot.Settings;
using DevKit.Dice;

namespace DevKit.Boot.Console
{
    /// <summary>Commands for the way to the cloud: a provisioning service, field by field or whole, or a hub.</summary>
    public sealed class CloudCommands
    {
        private const string HubName = "IoT Hub connection string";
        private const string DpsName = "DPS connection string";

        private readonly SerialConsole _serial;
        private readonly SettingWriter _settings;

        /// <summary>For a board.</summary>
        public CloudCommands(BoardParts parts)
        {
            _serial = parts.Serial;
            _settings = new SettingWriter(parts);
        }

        /// <summary>Adds the commands to a console's.</summary>
        public void AddTo(CommandTable commands)
        {
            commands.Add(
                new ConsoleCommand("set_dps_endpoint", "<host>", "set the provisioning service's endpoint", false, 2, 2, SetEndpoint));
            commands.Add(
                new ConsoleCommand("set_dps_idscope", "<ID scope>", "set the provisioning service's ID scope", false, 2, 2, SetIdScope));
            commands.Add(new ConsoleCommand("set_registration_id", "<id>", "set the registration ID", false, 2, 2, SetRegistrationId));
            commands.Add(
                new ConsoleCommand(
                    "set_az_iotdps", "<connection string>", "set DPSEndpoint, IdScope, DeviceId and SymmetricKey at once", true, 2, 2,
                    SetDps));
            commands.Add(new ConsoleCommand("set_az_iothub", "<connection string>", "connect to a hub without DPS", true, 2, 2, SetHub));
        }

        private void SetEndpoint(CommandLine line)
        {
            CloudSettings settings = IsEmpty(line, "DPS endpoint") ? null : ReadForDps();
            if (settings != null)
            {
                settings.DpsEndpoint = line.GetText(1);
                Write(settings, "DPS endpoint");
            }
        }

        private void SetIdScope(CommandLine line)
        {
            CloudSettings settings = IsEmpty(line, "DPS ID scope") ? null : ReadForDps();
            if (settings != null)
            {
                settings.IdScope = line.GetText(1);
                Write(settings, "DPS ID scope");
            }
        }

        private void SetRegistrationId(CommandLine line)
        {
            string id = line.GetText(1);
            string problem = RegistrationId.FindProblem(id);
            if (problem != null)
            {
                _serial.WriteLine("Invalid registration ID: " + problem + " Nothing was stored.");
                return;
            }

            CloudSettings settings = ReadForDps();
            if (settings == null)
            {
                return;
            }

            settings.RegistrationId = id;
            string warning = RegistrationId.FindWarning(id);
            if (Write(settings, "registration ID") && warning != null)
            {
                _serial.WriteLine("WARNING: " + warning);
            }
        }

        private void SetDps(CommandLine line)
        {
            WriteWhole(line.GetBytes(1), CloudKind.Dps, DpsName, "DPSEndpoint=<host>;IdScope=<ID scope>;DeviceId=<id>;SymmetricKey=<key>");
        }

        private void SetHub(CommandLine line)
        {
            WriteWhole(line.GetBytes(1), CloudKind.Hub, HubName, "HostName=<host>;DeviceId=<id>;SharedAccessKey=<key>");
        }

        private void WriteWhole(byte[] text, CloudKind wanted, string name, string form)
        {
            CloudKind kind = CloudSettings.Parse(text, out string problem).Kind;
            if (problem == null && kind != wanted)
            {
                problem = "It is of another form.";
            }

            if (problem != null)
            {
                _serial.WriteLine("Invalid " + name + ": " + problem + " Nothing was stored.");
                _serial.WriteLine("Usage: " + form);
                return;
            }

            if (_settings.TryWrite(Setting.Cloud, text, name))
            {
                PrintEffect(wanted);
            }
        }

        private bool IsEmpty(CommandLine line, string name)
        {
            bool isEmpty = line.GetBytes(1).Length == 0;
            if (isEmpty)
            {
                _serial.WriteLine("Invalid " + name + ": It is empty. Nothing was stored; clear removes a setting.");
            }

            return isEmpty;
        }

        private bool Write(CloudSettings settings, string name)
        {
            // The fields, before they are joined: a value with a semicolon would become several.
            string problem = settings.FindProblem();
            if (problem != null)
            {
                _serial.WriteLine("Invalid " + name + ": " + problem + " Nothing was stored.");
                return false;
            }

            byte[] text = settings.ToBytes();
            try
            {
                bool written = _settings.TryWrite(Setting.Cloud, text, name);
                if (written)
                {
                    PrintEffect(settings.Kind);
                }

                return written;
            }
            finally
            {
                SecretBytes.Clear(text);
            }
        }

        // A hub's string and DPS settings share one place in the chip: whoever sets one gives up the other.
        private CloudSettings ReadForDps()
        {
            SettingValue value = _settings.TryRead(Setting.Cloud, "the cloud settings");
            if (value == null)
            {
                return null;
            }

            try
            {
                CloudSettings settings = CloudSettings.Parse(value.Bytes, out _);
                if (settings.Kind == CloudKind.Hub || value.State == SettingState.Unrecognized)
                {
                    _serial.WriteLine(
                        "INFO: This takes the place of "
                        + (settings.Kind == CloudKind.Hub
                        ? "the stored IoT Hub connection string."
                        : "something that is no cloud setting."));
                    return new CloudSettings();
                }

                return settings.Kind == CloudKind.Unrecognized ? new CloudSettings() : settings;
            }
            finally
            {
                value.Clear();
            }
        }

        private void PrintEffect(CloudKind kind)
        {
            _serial.WriteLine(kind == CloudKind.Hub
                ? "INFO: The device connects to the hub, without DPS."
                : "INFO: The device asks DPS for its hub.");
        }
    }
}
