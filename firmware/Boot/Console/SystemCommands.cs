using DevKit.Board;
using DevKit.Boot.Reset;
using DevKit.Dice;
using nanoFramework.Runtime.Native;

namespace DevKit.Boot.Console
{
    /// <summary>Commands that concern the board as a whole.</summary>
    public sealed class SystemCommands
    {
        private readonly BoardParts _parts;
        private readonly SerialConsole _serial;
        private readonly FirmwareImage _image;

        /// <summary>For a board with this application image.</summary>
        public SystemCommands(BoardParts parts, FirmwareImage image)
        {
            _parts = parts;
            _serial = parts.Serial;
            _image = image;
        }

        /// <summary>Adds the commands to a console's.</summary>
        public void AddTo(CommandTable commands)
        {
            commands.Add(new ConsoleCommand("version", "", "show the firmware and runtime versions", false, 1, 1, PrintVersion));
            commands.Add(new ConsoleCommand("exit", "", "leave the console and reboot", false, 1, 1, Reboot));
            commands.Add(new ConsoleCommand("enable_secure", "<level> [key]", "not offered, says why", true, 1, 3, ExplainSecureChannel));
        }

        private void PrintVersion(CommandLine line)
        {
            _serial.WriteLine("Application: " + (_image.IsNoApplication ? "none" : _image.Version ?? "damaged"));
            _serial.WriteLine("Boot: " + BootVersion.Text);
            _serial.WriteLine("Runtime: " + SystemInfo.OEMString + " on " + SystemInfo.TargetName + ", " + SystemInfo.Version.ToString());
            _serial.WriteLine("Uptime: " + _parts.UptimeSeconds.ToString() + " s");
        }

        private void Reboot(CommandLine line)
        {
            _serial.WriteLine("Reboot");
            Restart.Now(ResetReason.Console, 0);
        }

        private void ExplainSecureChannel(CommandLine line)
        {
            _serial.WriteLine(
                "ERROR: enable_secure is not offered: it would seal the settings with keys that live in flash, "
                + "and the next image flashed to the board would lose keys and settings.");
        }
    }
}
