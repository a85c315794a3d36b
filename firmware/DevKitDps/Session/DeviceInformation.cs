using DevKit.Azure.Json;
using DevKit.Board.Handover;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.Dps.Session
{
    /// <summary>What the device says of itself: who it is, what runs on it, why it started.</summary>
    public sealed class DeviceInformation
    {
        private readonly StartReport _start;

        /// <summary>Out of what the first stage handed over.</summary>
        public DeviceInformation(Handover handover)
        {
            _start = handover.Start;
            RegistrationId = handover.Credential.RegistrationId;
            Fwid = Hex.Encode(handover.Credential.Fwid);
            Fingerprint = Hex.Encode(Sha256.Hash(handover.Credential.AliasCertificate));
        }

        /// <summary>The registration ID, which is the common name of the device's certificate.</summary>
        public string RegistrationId { get; }

        /// <summary>The firmware ID, hexadecimal.</summary>
        public string Fwid { get; }

        /// <summary>SHA-256 of the device's certificate, hexadecimal: the portal shows the same.</summary>
        public string Fingerprint { get; }

        /// <summary>The application's version.</summary>
        public string FirmwareVersion
        {
            get { return _start.FirmwareVersion; }
        }

        /// <summary>Identity and versions: the answer to the method <c>identity</c>.</summary>
        public string ToIdentityJson()
        {
            return "{" + IdentityMembers() + ",\"fingerprint\":\"" + Fingerprint + "\"}";
        }

        /// <summary>What is reported to the twin, as members of a JSON object.</summary>
        public string ToReportMembers()
        {
            return IdentityMembers()
                + ",\"resetReason\":" + JsonText.Quote(_start.ResetReason)
                + ",\"crashesInARow\":" + _start.CrashesInARow.ToString();
        }

        private string IdentityMembers()
        {
            return "\"registrationId\":" + JsonText.Quote(RegistrationId)
                + ",\"firmwareVersion\":" + JsonText.Quote(_start.FirmwareVersion)
                + ",\"bootVersion\":" + JsonText.Quote(_start.BootVersion)
                + ",\"fwid\":\"" + Fwid + "\"";
        }
    }
}
