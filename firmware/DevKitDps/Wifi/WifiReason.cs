namespace DevKit.Dps.Wifi
{
    /// <summary>Why the Wi-Fi network can't be joined.</summary>
    public enum WifiReason : byte
    {
        /// <summary>No network is set.</summary>
        SsidMissing,

        /// <summary>The nanoCLR image has no Wi-Fi.</summary>
        AdapterMissing,

        /// <summary>The network refuses the password.</summary>
        PasswordRefused,

        /// <summary>The network is not in reach.</summary>
        NetworkNotFound,

        /// <summary>Any other status of the adapter.</summary>
        JoinFailed,

        /// <summary>The network gives no address.</summary>
        NoAddress,

        /// <summary>The clock could not be set.</summary>
        NoTime,

        /// <summary>The network was joined, and is gone.</summary>
        LinkLost,
    }
}
