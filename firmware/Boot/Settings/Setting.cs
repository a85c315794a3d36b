using DevKit.Board.Handover;
using DevKit.Dice;

namespace DevKit.Boot.Settings
{
    /// <summary>What the DevKit keeps in its secure element, each in the zone and format of its original firmware.</summary>
    public enum Setting
    {
        /// <summary>Name of the Wi-Fi network: zone 3, 1 to 32 bytes.</summary>
        WifiSsid,

        /// <summary>Password of the Wi-Fi network: zone 10, 1 to 64 characters; secret.</summary>
        WifiPassword,

        /// <summary>DPS Unique Device Secret: zone 6, 64 hexadecimal characters; secret.</summary>
        Uds,

        /// <summary>
        /// How the cloud is reached: zone 5, at most 512 bytes, see <see cref="CloudSettings"/>; secret, as it may hold a key.
        /// </summary>
        Cloud,

        /// <summary>The owner-signed DeviceID certificate: zones 0, 7 and 8, PEM.</summary>
        DeviceCertificate,
    }
}
