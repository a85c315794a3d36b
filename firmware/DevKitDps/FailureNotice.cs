using DevKit.Azure;
using DevKit.Board;
using DevKit.Dps.Session;
using DevKit.Dps.Wifi;

namespace DevKit.Dps
{
    /// <summary>The words for each reason that keeps the device from its hub: all of them stand here.</summary>
    public static class FailureNotice
    {
        private const string TriedAgain = "It is tried again.";
        private const string MadeAnew = "The connection is made anew.";

        /// <summary>What is shown when the network can't be joined.</summary>
        public static Notice For(WifiException e)
        {
            switch (e.Reason)
            {
                case WifiReason.SsidMissing:
                    return ForConsole(
                        "No Wi-Fi name", "Hold A, reset: set_wifissid",
                        "No Wi-Fi network is set.",
                        "In configuration mode type: set_wifissid <SSID> and set_wifipwd <password>");
                case WifiReason.AdapterMissing:
                    return new Notice(
                        "No Wi-Fi", "Flash a network image",
                        "This nanoCLR image has no Wi-Fi adapter.",
                        "Flash the board with an image that has the network stack.");
                case WifiReason.PasswordRefused:
                    return ForConsole(
                        "Wi-Fi password", "Hold A, reset: set_wifipwd",
                        "The network " + e.Ssid + " refuses the password.",
                        "In configuration mode type: set_wifipwd <password>");
                case WifiReason.NetworkNotFound:
                    return new Notice(
                        "Wi-Fi not found", "Check its name",
                        "The network " + e.Ssid + " is not in reach.",
                        "Check its name (2.4 GHz only), or in configuration mode type: scan");
                case WifiReason.NoAddress:
                    return new Notice(
                        "No IP address", "Check DHCP",
                        "The network gives no address.",
                        "Check that it has a DHCP server.");
                case WifiReason.NoTime:
                    return new Notice(
                        "No time", "Check UDP 123",
                        "The clock could not be set by SNTP (pool.ntp.org).",
                        "Let UDP port 123 through to the internet.");
                case WifiReason.LinkLost:
                    return new Notice(
                        "Wi-Fi lost", e.Ssid,
                        "The network " + e.Ssid + " is gone.",
                        "It is joined again.");
                default:
                    return new Notice(
                        "Wi-Fi failed", "Move closer",
                        "The network " + e.Ssid + " can't be joined: status " + ((int)e.Status).ToString() + ".",
                        "Check the access point, or move closer to it.");
            }
        }

        /// <summary>What is shown when the cloud can't be reached or will not have the device.</summary>
        /// <param name="e">The failure.</param>
        /// <param name="device">The device, which its owner has to find in the cloud.</param>
        public static Notice For(CloudException e, DeviceInformation device)
        {
            switch (e.Reason)
            {
                case CloudReason.IdScopeMissing:
                    return ForConsole(
                        "No ID scope", "Hold A, reset: set_dps_idscope",
                        "No ID scope of a provisioning service is set.",
                        "In configuration mode type: set_dps_idscope <ID scope>");
                case CloudReason.KeyNotBase64:
                    return ForConsole(
                        "Bad key", "Hold A, reset: set it again",
                        "The stored shared access key is not base64.",
                        "In configuration mode set the connection string again.");
                case CloudReason.HostNotFound:
                    return new Notice(
                        "Host not found", "Check endpoint and DNS",
                        "The name " + e.Host + " can't be resolved.",
                        "Check the endpoint (set_dps_endpoint) and the network's DNS.");
                case CloudReason.ConnectFailed:
                    return new Notice(
                        "Can't connect", "Check port 8883",
                        "No connection to " + e.Host + (e.Code == 0 ? "." : " (socket error " + e.Code.ToString() + ")."),
                        "Check that the network lets port 8883 through, and that somebody listens there.");
                case CloudReason.ConnectTimedOut:
                    return new Notice(
                        "Can't connect", "No answer on port 8883",
                        e.Host + " takes the connection and says nothing.",
                        "Check that port 8883 of " + e.Host + " speaks MQTT over TLS, and what stands between.");
                case CloudReason.ServerNotTrusted:
                    return new Notice(
                        "Not trusted", "Check name, CA, date",
                        "The certificate of " + e.Host + " is refused (TLS " + e.Code.ToString() + ").",
                        "One of three: it names another host than " + e.Host
                        + "; its CA is neither one of Azure's nor stored in the device; "
                            + "or the date, here " + e.ServiceText + ", is outside its time.");
                case CloudReason.TlsFailed:
                    return new Notice(
                        "TLS failed", "See serial",
                        "The TLS handshake with " + e.Host + " failed (" + e.Code.ToString() + ").",
                        "The server speaks no TLS 1.2 with an RSA certificate, or refuses the device's certificate.");
                case CloudReason.ConnectRefused:
                case CloudReason.ServerUnavailable:
                    return new Notice(
                        "Cloud refuses", e.IsFinal ? "Check ID scope and enrollment" : "It is busy",
                        e.Host + " refuses the device " + e.Id + " (MQTT return code " + e.Code.ToString() + ").",
                        "Check the enrollment, the ID scope and the keys; show_identity in configuration mode prints the certificate.");
                default:
                    return ForConnection(e, device);
            }
        }

        private static Notice ForConnection(CloudException e, DeviceInformation device)
        {
            switch (e.Reason)
            {
                case CloudReason.SubscriptionRefused:
                    return new Notice(
                        "Cloud refuses", "Check ID scope and enrollment",
                        e.Host + " refuses the subscription.",
                        "Check that the endpoint is the right one, and what the service allows this device.");
                case CloudReason.SubscriptionTimedOut:
                    return ForSilence(e, e.Host + " does not acknowledge the subscription.", MadeAnew);
                case CloudReason.MessageNotAcknowledged:
                case CloudReason.MessageTimedOut:
                    return ForSilence(e, e.Host + " does not acknowledge the message.", MadeAnew);
                case CloudReason.ConnectionLost:
                    return new Notice(
                        e.Service == CloudService.IotHub ? "Hub lost" : "DPS lost", e.Host,
                        "The connection to " + e.Host + " was lost.",
                        MadeAnew);
                default:
                    return ForRegistration(e, device);
            }
        }

        private static Notice ForRegistration(CloudException e, DeviceInformation device)
        {
            switch (e.Reason)
            {
                case CloudReason.RegistrationTimedOut:
                    return ForSilence(e, "The service does not answer the registration.", TriedAgain);
                case CloudReason.AnswerInvalid:
                    return new Notice("Bad answer", "See serial", "The service's answer is not understood: " + e.ServiceText, TriedAgain);
                case CloudReason.AssignmentInvalid:
                    return new Notice(
                        "Bad assignment", e.Id + ": see serial",
                        "The service's answer has no " + e.Id + " that can be used: " + (e.ServiceText ?? "there is none"),
                        "Check what the enrollment says of hub and device ID: a device ID without # and +, a hub by its host name alone.");
                case CloudReason.CertificateInvalid:
                    return new Notice(
                        "Bad certificate", "See serial",
                        "The operational certificate that was issued can't be used: " + e.ServiceText,
                        "Check the enrollment's issuing policy; without one: set_dps_csr off");
                case CloudReason.StillAssigning:
                    return new Notice(
                        "DPS is slow", "Still assigning",
                        "The service is still assigning after " + e.Code.ToString() + " questions.",
                        TriedAgain);
                case CloudReason.EnrollmentDisabled:
                    return new Notice(
                        "DPS: disabled", "Enable it in DPS",
                        "The enrollment of " + e.Id + " is disabled.",
                        "Enable it in the provisioning service. " + Describe(device));
                default:
                    return ForRefusal(e, device);
            }
        }

        private static Notice ForRefusal(CloudException e, DeviceInformation device)
        {
            string code = e.Code == 0 ? "failed" : e.Code.ToString();
            string message = "DPS answers " + code + " to " + e.Id + (e.ServiceText == null ? "." : ". " + e.ServiceText);
            switch (e.Reason)
            {
                case CloudReason.KeyNotEnrolled:
                    return ForConsole(
                        "DPS refuses: 401", "Hold A, reset: set_az_iotdps",
                        message,
                        "The key is not the enrolled one of " + e.Id + ": in configuration mode type: "
                            + "set_az_iotdps <connection string of the enrollment>");
                case CloudReason.CertificateNotEnrolled:
                    return new Notice(
                        "DPS refuses: 401", "Enroll this certificate",
                        message,
                        "The certificate is not the enrolled one: show_identity prints it; enroll it, or flash the enrolled image. "
                            + Describe(device));
                case CloudReason.EnrollmentNotFound:
                    return new Notice(
                        "DPS: not found", "Check ID scope, enroll",
                        message,
                        "Check the ID scope (set_dps_idscope " + e.IdScope + "?) and that an enrollment exists. " + Describe(device));
                case CloudReason.RegistrationDeferred:
                    return new Notice("DPS: " + code, "It is busy", message, TriedAgain);
                default:
                    return new Notice(
                        "DPS: " + code, "Check the enrollment",
                        message,
                        "Check the enrollment in the provisioning service. " + Describe(device));
            }
        }

        private static Notice ForConsole(string screen, string screenRemedy, string message, string remedy)
        {
            return new Notice(screen, screenRemedy, message, remedy) { NeedsConsole = true };
        }

        private static Notice ForSilence(CloudException e, string message, string remedy)
        {
            return new Notice("No answer", e.Host, message, remedy);
        }

        private static string Describe(DeviceInformation device)
        {
            return "This device is " + device.RegistrationId + ", its certificate has the SHA-256 fingerprint " + device.Fingerprint + ".";
        }
    }
}
