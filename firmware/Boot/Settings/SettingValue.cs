using System;

namespace DevKit.Boot.Settings
{
    /// <summary>A setting as it was read. <see cref="Clear"/> it when it has been used.</summary>
    public sealed class SettingValue
    {
        internal SettingValue(SettingState state, byte[] bytes, string problem)
        {
            State = state;
            Bytes = bytes;
            Problem = problem;
        }

        /// <summary>What stands in the chip.</summary>
        public SettingState State { get; }

        /// <summary>The text without its NUL when <see cref="State"/> is <see cref="SettingState.Set"/>, else null.</summary>
        public byte[] Bytes { get; private set; }

        /// <summary>
        /// For <see cref="SettingState.Unrecognized"/> what is wrong with the bytes, as a sentence that does not show them; else null.
        /// </summary>
        public string Problem { get; }

        /// <summary>Wipes and lets go of <see cref="Bytes"/>.</summary>
        public void Clear()
        {
            if (Bytes != null)
            {
                Array.Clear(Bytes, 0, Bytes.Length);
                Bytes = null;
            }
        }
    }
}
