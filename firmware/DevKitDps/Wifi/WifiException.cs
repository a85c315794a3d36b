using System;
using System.Device.Wifi;

namespace DevKit.Dps.Wifi
{
    /// <summary>The Wi-Fi network can't be joined: the reason, and the values that belong to it.</summary>
    public sealed class WifiException : Exception
    {
        /// <summary>Describes a failure.</summary>
        /// <param name="reason">What is wrong.</param>
        /// <param name="ssid">The network's name, or null when none is set.</param>
        public WifiException(WifiReason reason, string ssid)
            : base(null)
        {
            Reason = reason;
            Ssid = ssid;
        }

        /// <summary>What is wrong.</summary>
        public WifiReason Reason { get; }

        /// <summary>The network's name, or null when none is set.</summary>
        public string Ssid { get; }

        /// <summary>What the adapter said, with <see cref="WifiReason.JoinFailed"/>.</summary>
        public WifiConnectionStatus Status { get; set; }

        /// <summary>Whether trying again soon is pointless: the user has to act.</summary>
        public bool IsFinal
        {
            get { return Reason == WifiReason.SsidMissing || Reason == WifiReason.AdapterMissing; }
        }

        /// <summary>Reason and network, for a debugger: what people read is made from the values.</summary>
        public override string Message
        {
            get { return Reason.ToString() + ": " + Ssid; }
        }
    }
}
