using System;
using DevKit.Board;
using DevKit.Boot.Settings;
using DevKit.StSafe;

namespace DevKit.Boot.Console
{
    /// <summary>Puts a setting into the secure element and tells the user how it went.</summary>
    public sealed class SettingWriter
    {
        private readonly BoardParts _parts;

        /// <summary>Writes to the board's settings store.</summary>
        public SettingWriter(BoardParts parts)
        {
            _parts = parts;
        }

        /// <summary>The serial console.</summary>
        public SerialConsole Serial
        {
            get { return _parts.Serial; }
        }

        /// <summary>Checks and writes a setting.</summary>
        /// <param name="setting">Which one.</param>
        /// <param name="value">Its text.</param>
        /// <param name="name">What to call it towards the user.</param>
        /// <param name="verb">What to call the deed towards the user.</param>
        /// <returns>Whether it stands in the chip now.</returns>
        public bool TryWrite(Setting setting, byte[] value, string name, string verb = "Set")
        {
            SettingsStore store = FindStore();
            if (store == null)
            {
                return false;
            }

            string problem = SettingsStore.FindProblem(setting, value);
            if (problem != null)
            {
                Serial.WriteLine("Invalid " + name + ": " + problem + " Nothing was stored.");
                return false;
            }

            try
            {
                store.Write(setting, value);
            }
            catch (ArgumentException e)
            {
                // There is no room to keep the old value until the new one stands.
                Serial.WriteLine("Invalid " + name + ": " + e.Message + " Nothing was stored.");
                return false;
            }
            catch (StSafeException e)
            {
                Fail(verb.ToLower() + " " + name, e);
                return false;
            }

            Serial.WriteLine("INFO: " + verb + " " + name + " successfully.");
            return true;
        }

        /// <summary>Erases a setting.</summary>
        public bool TryErase(Setting setting, string name)
        {
            SettingsStore store = FindStore();
            if (store == null)
            {
                return false;
            }

            try
            {
                store.Erase(setting);
            }
            catch (StSafeException e)
            {
                Fail("clear " + name, e);
                return false;
            }

            Serial.WriteLine("INFO: Clear " + name + " successfully.");
            return true;
        }

        /// <summary>Reads a setting, or tells why it can't be read and returns null.</summary>
        public SettingValue TryRead(Setting setting, string name)
        {
            SettingsStore store = FindStore();
            if (store == null)
            {
                return null;
            }

            try
            {
                return store.Read(setting);
            }
            catch (StSafeException e)
            {
                Fail("read " + name, e);
                return null;
            }
        }

        private SettingsStore FindStore()
        {
            if (_parts.Store == null)
            {
                Serial.WriteLine("ERROR: The secure element does not answer: " + _parts.ChipProblem);
            }

            return _parts.Store;
        }

        private void Fail(string what, StSafeException e)
        {
            Serial.WriteLine(e.Status == StSafeStatus.AccessConditionNotSatisfied
                ? "ERROR: Failed to " + what + ": " + BoardParts.Sealed
                    + " Enter the setting again; what the chip refuses even then stays sealed."
                : "ERROR: Failed to " + what + ": " + e.Message + " Try again; if it persists, pull the plug once.");
        }
    }
}
