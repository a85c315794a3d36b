using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Boot.Settings;
using DevKit.Dice;

namespace DevKit.Boot.Console
{
    /// <summary>Sets fields of the cloud settings.</summary>
    public delegate void CloudChange(CloudSettings settings);

    /// <summary>
    /// Changes the cloud settings and tells the user how it went. A hub's connection string and the fields for DPS share one place in the
    /// chip: who sets one gives up the other.
    /// </summary>
    public sealed class CloudWriter
    {
        private const string SettingName = "the cloud settings";

        private readonly SerialConsole _serial;
        private readonly SettingWriter _settings;

        /// <summary>Writes to the board's settings store.</summary>
        public CloudWriter(BoardParts parts)
        {
            _serial = parts.Serial;
            _settings = new SettingWriter(parts);
        }

        /// <summary>Stores a whole connection string.</summary>
        /// <param name="text">The string.</param>
        /// <param name="kind">Its form.</param>
        /// <param name="name">What to call it towards the user.</param>
        /// <returns>Whether it stands in the chip now.</returns>
        public bool TryWrite(byte[] text, CloudKind kind, string name)
        {
            if (!_settings.TryWrite(Setting.Cloud, text, name))
            {
                return false;
            }

            _serial.WriteLine(kind == CloudKind.Hub
                ? "INFO: The device connects to the hub, without DPS."
                : "INFO: The device asks DPS for its hub.");
            return true;
        }

        /// <summary>Sets fields of the DPS form; the others stay as they are.</summary>
        /// <param name="name">What to call it towards the user.</param>
        /// <param name="change">Sets them.</param>
        /// <returns>Whether they stand in the chip now.</returns>
        public bool TryChange(string name, CloudChange change)
        {
            CloudSettings settings = TryReadForDps(out string replaced);
            if (settings == null)
            {
                return false;
            }

            // The fields, before they are joined: a value with a semicolon would become several.
            change(settings);
            string problem = settings.FindProblem();
            if (problem != null)
            {
                _serial.WriteLine("Invalid " + name + ": " + problem + " Nothing was stored.");
                return false;
            }

            byte[] text = settings.ToBytes();
            try
            {
                bool written = TryWrite(text, CloudKind.Dps, name);
                if (written && replaced != null)
                {
                    _serial.WriteLine("INFO: This takes the place of " + replaced);
                }

                return written;
            }
            finally
            {
                SecretBytes.Clear(text);
            }
        }

        /// <summary>
        /// Clears a connection string whole or one field of it, by its name; what is no cloud setting goes with any name.
        /// </summary>
        public void Clear(string name)
        {
            CloudSettings settings = TryRead(out SettingState state);
            if (settings == null)
            {
                return;
            }

            if (state == SettingState.Unrecognized || (settings.Kind == CloudKind.Hub && name == "az_iothub")
                || (settings.Kind == CloudKind.Dps && name == "az_iotdps"))
            {
                _settings.TryErase(Setting.Cloud, name);
            }
            else
            {
                ClearField(settings, name);
            }
        }

        /// <summary>Clears one field of the DPS form, by its name, and touches nothing else.</summary>
        public void ClearField(string name)
        {
            CloudSettings settings = TryRead(out _);
            if (settings != null)
            {
                ClearField(settings, name);
            }
        }

        private void ClearField(CloudSettings settings, string name)
        {
            if (settings.Kind != CloudKind.Dps || name == "az_iothub")
            {
                _serial.WriteLine("INFO: " + name + " is not set.");
                return;
            }

            settings.DpsEndpoint = name == "dps_endpoint" ? null : settings.DpsEndpoint;
            settings.IdScope = name == "dps_idscope" ? null : settings.IdScope;
            settings.RegistrationId = name == "registration_id" ? null : settings.RegistrationId;
            settings.IsCsrWanted = name != "dps_csr" && settings.IsCsrWanted;
            byte[] rest = settings.Kind == CloudKind.Dps ? settings.ToBytes() : null;
            try
            {
                if (rest == null)
                {
                    _settings.TryErase(Setting.Cloud, name);
                }
                else
                {
                    _settings.TryWrite(Setting.Cloud, rest, name, "Clear");
                }
            }
            finally
            {
                SecretBytes.Clear(rest);
            }
        }

        private CloudSettings TryReadForDps(out string replaced)
        {
            replaced = null;
            CloudSettings settings = TryRead(out SettingState state);
            if (settings == null)
            {
                return null;
            }

            if (state == SettingState.Unrecognized)
            {
                replaced = "something that is no cloud setting.";
            }
            else if (settings.Kind == CloudKind.Hub)
            {
                replaced = "the stored IoT Hub connection string.";
            }

            return replaced == null ? settings : new CloudSettings();
        }

        private CloudSettings TryRead(out SettingState state)
        {
            state = SettingState.NotSet;
            SettingValue value = _settings.TryRead(Setting.Cloud, SettingName);
            if (value == null)
            {
                return null;
            }

            state = value.State;
            CloudSettings settings = CloudSettings.Parse(value.Bytes, out _);
            value.Clear();
            return settings;
        }
    }
}
