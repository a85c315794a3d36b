using DevKit.Dice;

namespace DevKit.Board.Handover
{
    /// <summary>What the first stage hands to the application that it has measured: never the UDS.</summary>
    public sealed class Handover
    {
        /// <summary>Puts the parts together.</summary>
        public Handover(DiceCredential credential, DeviceSettings settings, StatusPanel panel, StartReport start)
        {
            Credential = credential;
            Settings = settings;
            Panel = panel;
            Start = start;
        }

        /// <summary>The identity of this device running this very image.</summary>
        public DiceCredential Credential { get; }

        /// <summary>What the user configured.</summary>
        public DeviceSettings Settings { get; }

        /// <summary>Serial, screen and lights.</summary>
        public StatusPanel Panel { get; }

        /// <summary>How the board came up this time.</summary>
        public StartReport Start { get; }
    }
}
