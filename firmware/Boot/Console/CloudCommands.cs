using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Dice;

namespace DevKit.Boot.Console
{
    /// <summary>Commands for the way to the cloud: a provisioning service, field by field or whole, or a hub.</summary>
    public sealed class CloudCommands
    {
        private const string HubName = "IoT Hub connection string";
        private const string DpsName = "DPS connection string";
        private const string CsrValues = "<on|off>";

        private readonly SerialConsole _serial;
        private readonly CloudWriter _cloud;

        /// <summary>For a board.</summary>
        public CloudCommands(BoardParts parts)
        {
            _serial = parts.Serial;
            _cloud = new CloudWriter(parts);
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
                new ConsoleCommand("set_dps_csr", CsrValues, "ask DPS for an operational certificate, or not", false, 2, 2, SetCsr));
            commands.Add(
                new ConsoleCommand(
                    "set_az_iotdps", "<connection string>", "set DPSEndpoint, IdScope, DeviceId and SymmetricKey at once", true, 2, 2,
                    SetDps));
            commands.Add(new ConsoleCommand("set_az_iothub", "<connection string>", "connect to a hub without DPS", true, 2, 2, SetHub));
        }

        private void SetEndpoint(CommandLine line)
        {
            const string Name = "DPS endpoint";
            if (!IsEmpty(line, Name))
            {
                _cloud.TryChange(Name, settings => settings.DpsEndpoint = line.GetText(1));
            }
        }

        private void SetIdScope(CommandLine line)
        {
            const string Name = "DPS ID scope";
            string idScope = line.GetText(1);
            string warning = IdScope.FindWarning(idScope);
            if (!IsEmpty(line, Name) && _cloud.TryChange(Name, settings => settings.IdScope = idScope) && warning != null)
            {
                _serial.WriteLine("WARNING: " + warning);
            }
        }

        private void SetRegistrationId(CommandLine line)
        {
            string id = line.GetText(1);
            string problem = RegistrationId.FindProblem(id);
            if (problem != null)
            {
                _serial.WriteLine("Invalid registration ID: " + problem + " Nothing was stored.");
                string spelling = RegistrationId.FindLowerCaseSpelling(id);
                if (spelling != null)
                {
                    _serial.WriteLine("Type: set_registration_id " + spelling);
                }

                return;
            }

            string warning = RegistrationId.FindWarning(id);
            if (_cloud.TryChange("registration ID", settings => settings.RegistrationId = id) && warning != null)
            {
                _serial.WriteLine("WARNING: " + warning);
            }
        }

        private void SetCsr(CommandLine line)
        {
            string value = line.GetText(1);
            if (value == "on")
            {
                _cloud.TryChange("DPS CSR", settings => settings.IsCsrWanted = true);
            }
            else if (value == "off")
            {
                _cloud.ClearField("dps_csr");
            }
            else
            {
                _serial.WriteLine("Invalid DPS CSR: \"" + value + "\" is neither on nor off. Nothing was stored.");
                _serial.WriteLine("Usage: set_dps_csr " + CsrValues);
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

            if (problem == null)
            {
                _cloud.TryWrite(text, wanted, name);
            }
            else
            {
                _serial.WriteLine("Invalid " + name + ": " + problem + " Nothing was stored.");
                _serial.WriteLine("Usage: " + form);
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
    }
}
