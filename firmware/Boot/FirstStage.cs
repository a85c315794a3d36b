using System;
using System.Text;
using System.Threading;
using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Boot.Console;
using DevKit.Boot.Identity;
using DevKit.Boot.Reset;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.Boot
{
    /// <summary>
    /// The first stage, the DICE engine's host: configuration mode when the user asks for it, else measure the application
    /// image, derive its credential, wipe the secret, and run the very bytes that were measured.
    /// </summary>
    public sealed class FirstStage
    {
        private const int ButtonPollMilliseconds = 20;

        private readonly BoardParts _parts;
        private readonly FirmwareImage _image;
        private readonly int _buttonWindow;
        private readonly StartReport _start;

        /// <summary>Makes the stage for a board and an application image.</summary>
        /// <param name="parts">The board.</param>
        /// <param name="image">
        /// The application image, or what stands in its place in a build without one; what is measured is its very array, and so is what
        /// runs.
        /// </param>
        /// <param name="buttonWindow">How long button A may still be pressed after the start, in milliseconds.</param>
        public FirstStage(BoardParts parts, FirmwareImage image, int buttonWindow)
        {
            _parts = parts;
            _image = image;
            _buttonWindow = buttonWindow;
            BootRecord record = BootRecord.Read();
            _start = new StartReport(Describe(record.Reason), record.CrashesInARow, BootVersion.Text, image.Version);
        }

        /// <summary>Runs the stage, until the board is reset.</summary>
        public void Run()
        {
            _parts.Panel.Log("");
            _parts.Panel.Log("MXChip IoT DevKit, DICE and DPS. Boot " + _start.BootVersion);
            _parts.Panel.Log("Started by: " + _start.ResetReason + ". Crashes in a row: " + _start.CrashesInARow.ToString());
            if (IsConfigurationAsked())
            {
                EnterConfiguration();
            }
            else
            {
                RunApplication();
            }
        }

        /// <summary>Shows what the application, or the stage itself, failed with, pauses, and starts the board again.</summary>
        /// <param name="failure">The failure.</param>
        public void RestartAfter(Exception failure)
        {
            long uptime = _parts.UptimeSeconds;
            int crashes = CrashHandler.CountCrash(_start.CrashesInARow, uptime);
            int pause = CrashHandler.FindPause(crashes);
            _parts.Panel.ShowError(new Notice(
                "Crashed",
                "Again in " + pause.ToString() + " s; press A to configure",
                "The application crashed after " + uptime.ToString() + " s: " + failure.GetType().Name + ". " + failure.Message,
                "Crash " + crashes.ToString() + " in a row. The board starts again in " + pause.ToString()
                + " s; button A enters configuration mode."));
            if (WaitForButton(pause * 1000))
            {
                EnterConfiguration();
            }

            Restart.Now(ResetReason.Crash, crashes);
        }

        private bool IsConfigurationAsked()
        {
            _parts.Panel.Log("Press button A within " + (_buttonWindow / 1000).ToString() + " seconds for configuration mode.");
            _parts.Panel.Show("IoT DevKit", "Press A now to configure", "", "");
            return WaitForButton(_buttonWindow);
        }

        // Polled, not by interrupt: a button that is held since before the start makes no edge.
        private bool WaitForButton(int milliseconds)
        {
            for (int waited = 0; waited <= milliseconds; waited += ButtonPollMilliseconds)
            {
                if (_parts.IsButtonAPressed)
                {
                    return true;
                }

                Thread.Sleep(ButtonPollMilliseconds);
            }

            return false;
        }

        private void EnterConfiguration()
        {
            _parts.Panel.Show(
                "IoT DevKit", "id:" + Hex.Encode(DeviceIdentity.FindMac()), "Configuration", _parts.Serial.IsOpen ? "" : "No serial port");
            ServeConsole();
        }

        private void ServeConsole()
        {
            new ConfigurationConsole(_parts, _image).Run();
        }

        private void RunApplication()
        {
            _parts.Panel.Log("You can 1. press Button A and reset to enter configuration mode.");
            _parts.Panel.Lights.ShowBusy();
            _parts.Panel.Show("IoT DevKit", "Measuring ...", "", "");
            DeviceIdentity identity = DeviceIdentity.Read(_parts, _image, out Notice problem);
            if (identity == null)
            {
                Stop(problem);
                return;
            }

            Announce(identity);
            if (_image.IsNoApplication)
            {
                ShowIdentity(identity);
                return;
            }

            IApplication application = ApplicationLoader.Load(_image.Bytes, out problem);
            if (application == null)
            {
                identity.Credential.Clear();
                Stop(problem);
                return;
            }

            Handover handover = new Handover(identity.Credential, ReadSettings(), _parts.Panel, _start);
            Exception failure = CrashHandler.Run(application, handover);
            if (failure == null)
            {
                Restart.Now(ResetReason.Application, 0);
            }

            RestartAfter(failure);
        }

        private void ShowIdentity(DeviceIdentity identity)
        {
            identity.Credential.Clear();
            _parts.Panel.Log("This build has no application. show_identity prints the certificate.");
            _parts.Panel.Show("Identity", identity.Credential.RegistrationId, "FWID " + Hex.Encode(identity.Credential.Fwid, 0, 8), "");
            _parts.Panel.Lights.ShowConnected();
            ServeConsole();
        }

        private static string Describe(ResetReason reason)
        {
            switch (reason)
            {
                case ResetReason.PowerOn: return "power";
                case ResetReason.Console: return "exit from the console";
                case ResetReason.Crash: return "a crash of the application";
                case ResetReason.Application: return "the application";
                default: return "the reset button";
            }
        }

        private void Announce(DeviceIdentity identity)
        {
            _parts.Panel.Log("MAC: " + Hex.Encode(identity.Mac));
            _parts.Panel.Log("Firmware version: " + _start.FirmwareVersion);
            _parts.Panel.Log("FWID: " + Hex.Encode(identity.Credential.Fwid));
            _parts.Panel.Log("Registration ID: " + identity.Credential.RegistrationId);
            string warning = RegistrationId.FindWarning(identity.Credential.RegistrationId);
            if (warning != null)
            {
                _parts.Panel.Log("WARNING: " + warning);
            }

            if (identity.OwnerCertificateProblem != null)
            {
                _parts.Panel.Log("WARNING: The stored DeviceID certificate is not used: " + identity.OwnerCertificateProblem);
            }
        }

        private DeviceSettings ReadSettings()
        {
            SettingValue ssid = Read(Setting.WifiSsid, "The Wi-Fi name");
            SettingValue cloud = Read(Setting.Cloud, "The cloud setting");
            try
            {
                string name = ssid.State == SettingState.Set ? Encoding.UTF8.GetString(ssid.Bytes, 0, ssid.Bytes.Length) : null;
                return new DeviceSettings(
                    name, Read(Setting.WifiPassword, "The Wi-Fi password").Bytes, CloudSettings.Parse(cloud.Bytes, out _));
            }
            finally
            {
                cloud.Clear();
            }
        }

        // What stands there and is no setting is told, and left alone.
        private SettingValue Read(Setting setting, string name)
        {
            SettingValue value = _parts.Store.Read(setting);
            if (value.State == SettingState.Unrecognized)
            {
                _parts.Panel.Log(
                    "WARNING: " + name + " is not used: " + value.Problem + (_parts.HasHostKeys ? " " + BoardParts.Sealed : ""));
            }

            return value;
        }

        // The application can't run, but the user can still be served.
        private void Stop(Notice problem)
        {
            _parts.Panel.ShowError(problem);
            ServeConsole();
        }
    }
}
