using System;
using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Boot.Network;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;
using DevKit.StSafe;
using nanoFramework.Hardware.Stm32;

namespace DevKit.Boot.Identity
{
    /// <summary>
    /// The identity of this board running this image: reads the UDS, measures the image, derives the credential, wipes the secret.
    /// </summary>
    public sealed class DeviceIdentity
    {
        private DeviceIdentity(byte[] mac, string firmwareVersion, DiceCredential credential)
        {
            Mac = mac;
            FirmwareVersion = firmwareVersion;
            Credential = credential;
        }

        /// <summary>The MAC address or, where there is no network stack, its stand-in; 6 bytes.</summary>
        public byte[] Mac { get; }

        /// <summary>The application image's version, three numbers; Boot's own without an application.</summary>
        public string FirmwareVersion { get; }

        /// <summary>The keys and certificates.</summary>
        public DiceCredential Credential { get; }

        /// <summary>Why the stored DeviceID certificate is not used, or null.</summary>
        public string OwnerCertificateProblem { get; private set; }

        /// <summary>Derives the identity.</summary>
        /// <param name="parts">The board.</param>
        /// <param name="image">The application image, or what stands in its place.</param>
        /// <param name="problem">Why there is no identity, or null.</param>
        /// <returns>The identity, or null when there is a problem.</returns>
        public static DeviceIdentity Read(BoardParts parts, FirmwareImage image, out Notice problem)
        {
            if (parts.Store == null)
            {
                problem = DescribeNoChip(parts);
                return null;
            }

            if (image.Problem != null)
            {
                problem = new Notice("Bad image", "Flash the board again", image.Problem, "Build the solution and flash the board again.");
                return null;
            }

            try
            {
                return Derive(parts.Store, image, out problem);
            }
            catch (StSafeException e)
            {
                problem = Describe(e);
                return null;
            }
        }

        /// <summary>Makes the DeviceID certificate request, which an owner's CA signs.</summary>
        /// <param name="parts">The board.</param>
        /// <param name="problem">Why there is none, or null.</param>
        /// <returns>The request in DER (PKCS #10), or null when there is a problem.</returns>
        public static byte[] CreateDeviceIdRequest(BoardParts parts, out Notice problem)
        {
            if (parts.Store == null)
            {
                problem = DescribeNoChip(parts);
                return null;
            }

            byte[] uds = null;
            try
            {
                uds = ReadUds(parts.Store, out problem);
                return uds == null ? null : DiceEngine.CreateDeviceIdRequest(uds);
            }
            catch (StSafeException e)
            {
                problem = Describe(e);
                return null;
            }
            finally
            {
                SecretBytes.Clear(uds);
            }
        }

        /// <summary>
        /// The MAC address of the network interface. Without a network stack: the first 6 bytes of SHA-256 over the STM32's
        /// 96-bit unique ID, made a locally administered unicast address (IEEE 802, U/L bit set, I/G bit clear).
        /// </summary>
        public static byte[] FindMac()
        {
            byte[] mac = DeviceNetwork.FindPhysicalAddress();
            if (mac == null)
            {
                byte[] digest = Sha256.Hash(Utilities.UniqueDeviceId);
                mac = new byte[6];
                Array.Copy(digest, 0, mac, 0, 6);
                mac[0] = (byte)((mac[0] & 0xFC) | 0x02);
            }

            return mac;
        }

        private static Notice DescribeNoChip(BoardParts parts)
        {
            return new Notice(
                "No secure chip", "Pull the plug, then try again", "The secure element does not answer: " + parts.ChipProblem,
                "Pull the plug and try again; if it persists, the board is faulty.");
        }

        private static Notice Describe(StSafeException e)
        {
            return e.Status == StSafeStatus.AccessConditionNotSatisfied
                ? new Notice(
                    "Chip sealed", "Set it up again: see serial", BoardParts.Sealed,
                    "In configuration mode enter the settings again.")
                { NeedsConsole = true }
                : new Notice(
                    "Chip unreadable", "Pull the plug, then try again", "The secure element can't be read: " + e.Message,
                    "Pull the plug and try again.");
        }

        private static DeviceIdentity Derive(SettingsStore store, FirmwareImage image, out Notice problem)
        {
            byte[] mac = FindMac();
            string registrationId = FindRegistrationId(store, mac, image.Version, out problem);
            if (problem != null)
            {
                return null;
            }

            byte[] uds = ReadUds(store, out problem);
            try
            {
                if (problem != null)
                {
                    return null;
                }

                DeviceIdentity identity = new DeviceIdentity(mac, image.Version, DiceEngine.Derive(uds, image.Bytes, registrationId));
                identity.AttachOwnerCertificate(store);
                return identity;
            }
            finally
            {
                SecretBytes.Clear(uds);
            }
        }

        private static byte[] ReadUds(SettingsStore store, out Notice problem)
        {
            SettingValue value = store.Read(Setting.Uds);
            try
            {
                if (value.State == SettingState.NotSet)
                {
                    problem = new Notice(
                        "No UDS", "On serial type set_dps_uds", "No Unique Device Secret is stored.",
                        "Enter the configuration console and type: set_dps_uds <64 hex characters>")
                    { NeedsConsole = true };
                    return null;
                }

                string reason = value.Problem;
                byte[] uds = value.State == SettingState.Set ? Uds.Parse(value.Bytes, out reason) : null;
                problem = uds != null
                    ? null
                    : new Notice(
                        "Bad UDS", "On serial type set_dps_uds", "The stored Unique Device Secret can't be used: " + reason,
                        "Enter it again: set_dps_uds <64 hex characters>")
                    { NeedsConsole = true };
                return uds;
            }
            finally
            {
                value.Clear();
            }
        }

        private static string FindRegistrationId(SettingsStore store, byte[] mac, string version, out Notice problem)
        {
            problem = null;
            SettingValue value = store.Read(Setting.Cloud);
            try
            {
                string chosen = value.State == SettingState.Set ? CloudSettings.Parse(value.Bytes, out _).RegistrationId : null;
                if (string.IsNullOrEmpty(chosen))
                {
                    return RegistrationId.FromMac(mac, version);
                }

                string reason = RegistrationId.FindProblem(chosen);
                if (reason != null)
                {
                    problem = new Notice(
                        "Bad reg. ID", "On serial type set_registration_id", "The stored registration ID can't be used: " + reason,
                        "Enter it again: set_registration_id <id>, or clear registration_id")
                    { NeedsConsole = true };
                }

                return chosen;
            }
            finally
            {
                value.Clear();
            }
        }

        private void AttachOwnerCertificate(SettingsStore store)
        {
            SettingValue value = store.Read(Setting.DeviceCertificate);
            if (value.State == SettingState.Unrecognized)
            {
                OwnerCertificateProblem = value.Problem;
            }
            else if (value.State == SettingState.Set)
            {
                byte[] der = Pem.Decode("CERTIFICATE", value.Bytes, 0, out _);
                string problem = "it is not PEM.";
                if (der == null || !Credential.TryAttachOwnerCertificate(der, out problem))
                {
                    OwnerCertificateProblem = problem;
                }
            }
        }
    }
}
