using System;
using DevKit.Board;
using DevKit.Dps.Azure;
using DevKit.Dps.Wifi;

namespace DevKit.Dps
{
    /// <summary>The words for each reason that keeps the device from its hub: all of them stand here.</summary>
    public static class FailureNotice
    {
        private const string TriedAgain = "It is tried again.";
        private const string MadeAnew = "It is made anew.";

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
                        "Wi-Fi not found", "Check its name; trying again",
                        "The network " + e.Ssid + " is not in reach.",
                        "Check its name (2.4 GHz only), or in configuration mode type: scan");
                case WifiReason.NoAddress:
                    return new Notice(
                        "No IP address", "Check DHCP; trying again",
                        "The network gives no address.",
                        "Check that it has a DHCP server.");
                case WifiReason.NoTime:
                    return new Notice(
                        "No time", "Check UDP 123; trying again",
                        "The clock could not be set by SNTP (pool.ntp.org).",
                        "Let UDP port 123 through to the internet.");
                default:
                    return new Notice(
                        "Wi-Fi failed", "Move closer; trying again",
                        "The network " + e.Ssid + " can't be joined: status " + ((int)e.Status).ToString() + ".",
                        "Check the access point, or move closer to it.");
            }
        }

        /// <summary>What is shown when the cloud can't be reached or will not have the device.</summary>
        public static Notice For(CloudException e)
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
                        "Host not found", "Check endpoint and DNS; trying again",
                        "The name " + e.Host + " can't be resolved: " + Describe(e.InnerException),
                        "Check the endpoint (set_dps_endpoint) and the network's DNS.");
                case CloudReason.ConnectFailed:
                    return new Notice(
                        "Can't connect", "Check port 8883 and the CA; trying again",
                        "No connection to " + e.Host + ": " + Describe(e.InnerException),
                        "Check that port 8883 is open, and that the server's CA is one of Azure's or stored in the device.");
                case CloudReason.ConnectRefused:
                case CloudReason.ServerUnavailable:
                    return new Notice(
                        "Cloud refuses", e.IsFinal ? "Check ID scope and enrollment" : "Trying again",
                        e.Host + " refuses the device " + e.Id + " (MQTT return code " + e.Code.ToString() + ").",
                        "Check the enrollment, the ID scope and the keys; show_identity in configuration mode prints the certificate.");
                default:
                    return ForConnection(e);
            }
        }

        private static Notice ForConnection(CloudException e)
        {
            switch (e.Reason)
            {
                case CloudReason.SubscriptionRefused:
                    return new Notice(
                        "Cloud refuses", "Check ID scope and enrollment",
                        e.Host + " refuses the subscription.",
                        "Check that the endpoint is the right one, and what the service allows this device.");
                case CloudReason.SubscriptionTimedOut:
                    return ForSilence(e.Host + " does not acknowledge the subscription.", "The connection is made anew.");
                case CloudReason.MessageNotAcknowledged:
                case CloudReason.MessageTimedOut:
                    return ForSilence(e.Host + " does not acknowledge the message.", "The connection is made anew.");
                case CloudReason.ConnectionLost:
                    string lost = "The connection to " + e.Host + " was lost.";
                    return e.Service == CloudService.IotHub
                        ? new Notice("Hub lost", "Trying again", lost, MadeAnew)
                        : new Notice("DPS lost", "Trying again", lost, MadeAnew);
                default:
                    return ForRegistration(e);
            }
        }

        private static Notice ForRegistration(CloudException e)
        {
            switch (e.Reason)
            {
                case CloudReason.RegistrationTimedOut:
                    return ForSilence("The service does not answer the registration.", TriedAgain);
                case CloudReason.AnswerInvalid:
                    return new Notice("Bad answer", "Trying again", "The service's answer is not understood: " + e.ServiceText, TriedAgain);
                case CloudReason.StillAssigning:
                    return new Notice(
                        "DPS is slow", "Trying again",
                        "The service is still assigning after " + e.Code.ToString() + " questions.",
                        TriedAgain);
                case CloudReason.EnrollmentDisabled:
                    return new Notice(
                        "DPS: disabled", "Enable it in DPS, then reset",
                        "The enrollment of " + e.Id + " is disabled.",
                        "Enable it in the provisioning service.");
                default:
                    return ForRefusal(e, "DPS answers " + e.Code.ToString() + " to " + e.Id + ". " + e.ServiceText);
            }
        }

        private static Notice ForRefusal(CloudException e, string message)
        {
            switch (e.Reason)
            {
                case CloudReason.KeyNotEnrolled:
                    return ForConsole(
                        "DPS refuses: 401", "Hold A, reset: set_az_iotdps",
                        message,
                        "The key is not the enrolled one: in configuration mode type: "
                            + "set_az_iotdps <connection string of the enrollment>");
                case CloudReason.CertificateNotEnrolled:
                    return new Notice(
                        "DPS refuses: 401", "Enroll this certificate, then reset",
                        message,
                        "The certificate is not the enrolled one: show_identity prints it; enroll it, or flash the enrolled image.");
                case CloudReason.EnrollmentNotFound:
                    return new Notice(
                        "DPS: not found", "Check ID scope, enroll, then reset",
                        message,
                        "Check the ID scope (set_dps_idscope " + e.IdScope + "?) and that an enrollment exists.");
                case CloudReason.RegistrationDeferred:
                    return new Notice("DPS: " + e.Code.ToString(), "Trying again", message, TriedAgain);
                default:
                    return new Notice(
                        "DPS: " + e.Code.ToString(), "Check the enrollment, then reset",
                        message,
                        "Check the enrollment in the provisioning service.");
            }
        }

        private static Notice ForConsole(string screen, string screenRemedy, string message, string remedy)
        {
            return new Notice(screen, screenRemedy, message, remedy) { NeedsConsole = true };
        }

        private static Notice ForSilence(string message, string remedy)
        {
            return new Notice("No answer", "Trying again", message, remedy);
        }

        private static string Describe(Exception e)
        {
            Exception cause = e.InnerException ?? e;
            return cause.GetType().Name + ". " + cause.Message;
        }
    }
}
