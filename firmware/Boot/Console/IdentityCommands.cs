using System;
using System.Text;
using DevKit.Board;
using DevKit.Boot.Identity;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;
using DevKit.StSafe;

namespace DevKit.Boot.Console
{
    /// <summary>Asks the user something and returns the first word of the answer.</summary>
    public delegate string Question(string text);

    /// <summary>Commands for the device's identity.</summary>
    public sealed class IdentityCommands
    {
        private const string UdsName = "DPS UDS";
        private const string CertificateName = "DeviceID certificate";

        private readonly BoardParts _parts;
        private readonly SerialConsole _serial;
        private readonly SettingWriter _settings;
        private readonly FirmwareImage _image;
        private readonly Question _ask;

        /// <summary>For a board with this application image.</summary>
        public IdentityCommands(BoardParts parts, FirmwareImage image, Question ask)
        {
            _parts = parts;
            _serial = parts.Serial;
            _settings = new SettingWriter(parts);
            _image = image;
            _ask = ask;
        }

        /// <summary>Adds the commands to a console's.</summary>
        public void AddTo(CommandTable commands)
        {
            commands.Add(
                new ConsoleCommand(
                    "set_dps_uds", "[64 hex characters]", "set the Unique Device Secret; none offers to make one", true, 1, 2, SetUds));
            commands.Add(
                new ConsoleCommand(
                    "set_device_cert", "<base64 DER>", "store the DeviceID certificate that an owner's CA has signed", false, 2, 2,
                    SetDeviceCertificate));
            commands.Add(
                new ConsoleCommand("show_identity", "", "show the registration ID, key ids and certificates", false, 1, 1, ShowIdentity));
            commands.Add(
                new ConsoleCommand(
                    "show_request", "", "show the DeviceID certificate request, for an owner's CA", false, 1, 1, ShowRequest));
        }

        private void SetUds(CommandLine line)
        {
            if (line.Count == 1)
            {
                MakeUds();
                return;
            }

            byte[] secret = Uds.Parse(line.GetBytes(1), out string problem);
            SecretBytes.Clear(secret);
            if (problem != null)
            {
                _serial.WriteLine("Invalid UDS: " + problem + " Nothing was stored.");
                return;
            }

            _settings.TryWrite(Setting.Uds, line.GetBytes(1), UdsName);
        }

        private void MakeUds()
        {
            if (_parts.Chip == null)
            {
                _serial.WriteLine("ERROR: The secure element does not answer: " + _parts.ChipProblem);
                return;
            }

            string answer = _ask(
                "Make a UDS from the secure element's random generator? It replaces the present one and is shown once. (yes/no) ");
            _serial.Write("\r\n");
            if (answer != "yes")
            {
                _serial.WriteLine("INFO: Nothing was changed.");
                return;
            }

            byte[] secret = null;
            byte[] text = null;
            try
            {
                secret = _parts.Chip.GenerateRandom(Uds.Length);
                text = Hex.EncodeToBytes(secret);
                if (_settings.TryWrite(Setting.Uds, text, UdsName))
                {
                    _serial.Write(text, 0, text.Length);
                    _serial.Write("\r\n");
                    _serial.WriteLine("INFO: Keep it for the certificate generator; it is not shown again.");
                }
            }
            catch (StSafeException e)
            {
                _serial.WriteLine("ERROR: The secure element gave no random bytes: " + e.Message);
            }
            finally
            {
                SecretBytes.Clear(secret);
                SecretBytes.Clear(text);
            }
        }

        private void SetDeviceCertificate(CommandLine line)
        {
            byte[] typed = line.GetBytes(1);
            byte[] der = Base64.Decode(typed, 0, typed.Length);
            if (der == null)
            {
                _serial.WriteLine("Invalid " + CertificateName + ": it is not base64. Give the DER bytes in base64, in one line.");
                return;
            }

            DeviceIdentity identity = DeviceIdentity.Read(_parts, _image, out Notice problem);
            if (identity == null)
            {
                PrintProblem(problem);
                return;
            }

            identity.Credential.Clear();
            if (!identity.Credential.TryAttachOwnerCertificate(der, out string reason))
            {
                _serial.WriteLine("Invalid " + CertificateName + ": " + reason + " Nothing was stored.");
                return;
            }

            string warning = identity.Credential.OwnerCertificateWarning;
            if (_settings.TryWrite(Setting.DeviceCertificate, Encoding.UTF8.GetBytes(Pem.Encode("CERTIFICATE", der)), CertificateName)
                && warning != null)
            {
                _serial.WriteLine("WARNING: " + warning);
            }
        }

        private void ShowIdentity(CommandLine line)
        {
            _serial.WriteLine("INFO: Deriving the identity takes a few seconds.");
            DeviceIdentity identity = DeviceIdentity.Read(_parts, _image, out Notice problem);
            if (identity == null)
            {
                PrintProblem(problem);
                return;
            }

            DiceCredential credential = identity.Credential;
            credential.Clear();
            _serial.WriteLine("Registration ID: " + credential.RegistrationId);
            _serial.WriteLine("MAC: " + Hex.Encode(identity.Mac));
            _serial.WriteLine("Firmware: " + identity.FirmwareVersion);
            _serial.WriteLine("FWID: " + Hex.Encode(credential.Fwid));
            _serial.WriteLine("DeviceID key id: " + Hex.Encode(credential.DeviceIdKeyId));
            _serial.WriteLine("Alias key id: " + Hex.Encode(credential.AliasKeyId));
            _serial.WriteLine("Certificate SHA-256: " + Hex.Encode(Sha256.Hash(credential.AliasCertificate)));
            PrintPem("CERTIFICATE", credential.AliasCertificate);
            if (credential.OwnerCertificate != null)
            {
                _serial.WriteLine("DeviceID certificate, as signed by the owner's CA:");
                PrintPem("CERTIFICATE", credential.OwnerCertificate);
                if (credential.OwnerCertificateWarning != null)
                {
                    _serial.WriteLine("WARNING: " + credential.OwnerCertificateWarning);
                }
            }

            if (identity.OwnerCertificateProblem != null)
            {
                _serial.WriteLine("WARNING: The stored DeviceID certificate is not used: " + identity.OwnerCertificateProblem);
            }
        }

        private void ShowRequest(CommandLine line)
        {
            _serial.WriteLine("INFO: Making the request takes a few seconds.");
            byte[] request = DeviceIdentity.CreateDeviceIdRequest(_parts, out Notice problem);
            if (request == null)
            {
                PrintProblem(problem);
                return;
            }

            PrintPem("CERTIFICATE REQUEST", request);
        }

        private void PrintProblem(Notice problem)
        {
            _serial.WriteLine("ERROR: " + problem.Message);
            _serial.WriteLine("       " + problem.Remedy);
        }

        // PEM ends its lines with LF; a terminal wants CR LF.
        private void PrintPem(string label, byte[] der)
        {
            string[] lines = Pem.Encode(label, der).Split('\n');
            for (int i = 0; i < lines.Length - 1; i++)
            {
                _serial.WriteLine(lines[i]);
            }
        }
    }
}
