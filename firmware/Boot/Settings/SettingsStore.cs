using System;
using DevKit.Dice;
using DevKit.StSafe;

namespace DevKit.Boot.Settings
{
    /// <summary>
    /// The DevKit's settings in the chip's zones, in the original firmware's layout: text ended by a NUL. Whenever power fails or the
    /// bus does, a setting's old value or its new one stands there, whole.
    /// </summary>
    public sealed class SettingsStore
    {
        private readonly object _gate = new object();
        private readonly StoredText[] _texts;

        /// <summary>A store on a chip.</summary>
        public SettingsStore(StSafeA100 chip)
        {
            if (chip == null)
            {
                throw new ArgumentNullException(nameof(chip));
            }

            _texts = new StoredText[(int)Setting.DeviceCertificate + 1];
            for (int i = 0; i < _texts.Length; i++)
            {
                _texts[i] = new StoredText(new ZoneSpace(chip, ZoneMap.ZonesOf((Setting)i)), ZoneMap.MaxTextLength((Setting)i));
            }
        }

        /// <summary>Reads a setting.</summary>
        /// <param name="setting">Which.</param>
        /// <returns>What stands there; to be cleared when it has been used.</returns>
        /// <exception cref="StSafeException">The chip or the bus failed, or the chip refused.</exception>
        public SettingValue Read(Setting setting)
        {
            bool isUnended;
            byte[] text;
            lock (_gate)
            {
                text = _texts[(int)setting].Read(out isUnended);
            }

            if (isUnended)
            {
                return new SettingValue(
                    SettingState.Unrecognized, null, SettingRules.NameOf(setting) + " in the chip is not ended by a NUL.");
            }

            if (text == null)
            {
                return new SettingValue(SettingState.NotSet, null, null);
            }

            string problem = FindProblem(setting, text);
            if (problem == null)
            {
                return new SettingValue(SettingState.Set, text, null);
            }

            SecretBytes.Clear(text);
            return new SettingValue(SettingState.Unrecognized, null, problem);
        }

        /// <summary>Checks a value before it is written.</summary>
        /// <param name="setting">Which setting it is for.</param>
        /// <param name="value">The text without NUL.</param>
        /// <returns>Null when it may be stored, else a sentence that names what is wrong and never shows the value.</returns>
        public static string FindProblem(Setting setting, byte[] value)
        {
            return SettingRules.FindProblem(setting, value);
        }

        /// <summary>Checks a value, writes it, reads it back and compares.</summary>
        /// <param name="setting">Which setting.</param>
        /// <param name="value">The text without NUL; stays the caller's.</param>
        /// <exception cref="ArgumentException">
        /// The value may not be stored (<see cref="FindProblem"/>), or it and the one it is to replace are both so long that the chip has
        /// no room to keep the old one until the new one stands: then erase first. Nothing was changed.
        /// </exception>
        /// <exception cref="StSafeException">The chip or the bus failed, or what was read back differs.</exception>
        public void Write(Setting setting, byte[] value)
        {
            string problem = FindProblem(setting, value);
            if (problem != null)
            {
                throw new ArgumentException(problem);
            }

            lock (_gate)
            {
                _texts[(int)setting].Write(value);
                bool isUnended;
                byte[] stored = _texts[(int)setting].Read(out isUnended);
                bool same = SecretBytes.AreEqual(stored, value);
                SecretBytes.Clear(stored);
                if (!same)
                {
                    throw ReadBackDiffers(setting);
                }
            }
        }

        /// <summary>Erases a setting: writes 00 wherever something stands in its place, and nothing where nothing does.</summary>
        /// <param name="setting">Which.</param>
        /// <exception cref="StSafeException">The chip or the bus failed, or something still stands there afterwards.</exception>
        public void Erase(Setting setting)
        {
            lock (_gate)
            {
                _texts[(int)setting].Erase();
                bool isUnended;
                byte[] left = _texts[(int)setting].Read(out isUnended);
                bool isGone = left == null && !isUnended;
                SecretBytes.Clear(left);
                if (!isGone)
                {
                    throw ReadBackDiffers(setting);
                }
            }
        }

        private static StSafeException ReadBackDiffers(Setting setting)
        {
            return new StSafeException(
                StSafeStatus.ReadBackDiffers,
                SettingRules.NameOf(setting)
                + " reads back different from what was written: try again, and replace the board if it happens again.");
        }
    }
}
