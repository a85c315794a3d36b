namespace DevKit.Support.Screens;

/// <summary>What the OLED shows in a state of the firmware.</summary>
/// <param name="Name">The picture's file in docs/screens, without <c>.png</c>.</param>
/// <param name="Title">The title.</param>
/// <param name="Line1">What the firmware gives for the first line, and so on.</param>
/// <param name="Line2">The second.</param>
/// <param name="Line3">The third.</param>
public sealed record Screen(string Name, string Title, string Line1, string Line2 = "", string Line3 = "")
{
    private const string Mac = "c89346854138";
    private const string RegistrationId = "az-" + Mac + "v1v0v0";
    private const string Hub = "devkit-emulator.azure-devices.net";

    /// <summary>Those that a run of the firmware comes to here.</summary>
    public static readonly IReadOnlyList<Screen> Reached =
    [
        new("start", "IoT DevKit", "Press A now to configure"),
        new("configuration", "IoT DevKit", "id:" + Mac, "Configuration"),
        new("configuration-no-serial", "IoT DevKit", "id:" + Mac, "Configuration", "No serial port"),
        new("measuring", "IoT DevKit", "Measuring ..."),
        new("identity", "Identity", RegistrationId, "FWID 2b3c3eb11ef00f8d"),
        new("wifi-joining", "Wi-Fi", "Joining", "home"),
        new("registering", "DPS", "Registering", RegistrationId),
        new("assigned", "Assigned", RegistrationId, Hub),
        new("connecting", "IoT Hub", "Connecting to", Hub),
        new("connected", "Connected", RegistrationId, Hub),
        new("message", "Message", "Hello, DevKit!"),
        new("no-uds", "No UDS", "On serial type set_dps_uds"),
        new("bad-uds", "Bad UDS", "On serial type set_dps_uds"),
        new("no-chip", "No secure chip", "Pull the plug, then try again"),
        new("chip-unreadable", "Chip unreadable", "Pull the plug, then try again"),
        new("bad-image", "Bad image", "Flash the board again"),
        new("crashed", "Crashed", "Again in 5 s; press A to configure"),
        new("no-wifi-name", "No Wi-Fi name", "Hold A, reset: set_wifissid"),
        new("wifi-password", "Wi-Fi password", "Hold A, reset: set_wifipwd"),
        new("wifi-not-found", "Wi-Fi not found", "Check its name; trying again"),
        new("no-id-scope", "No ID scope", "Hold A, reset: set_dps_idscope"),
        new("host-not-found", "Host not found", "Check endpoint and DNS; trying again"),
        new("no-connection", "Can't connect", "Check port 8883 and the CA; trying again"),
        new("refused", "Cloud refuses", "Check ID scope and enrollment"),
        new("dps-401", "DPS refuses: 401", "Enroll this certificate, then reset"),
        new("dps-not-found", "DPS: not found", "Check ID scope, enroll, then reset"),
        new("dps-disabled", "DPS: disabled", "Enable it in DPS, then reset"),
        new("hub-lost", "Hub lost", "Trying again"),
    ];

    /// <summary>
    /// Those that take a fault that nothing here makes: of the network, of the service, or of settings that the store would report
    /// before.
    /// </summary>
    public static readonly IReadOnlyList<Screen> Rare =
    [
        new("bad-registration-id", "Bad reg. ID", "On serial type set_registration_id"),
        new("bad-key", "Bad key", "Hold A, reset: set it again"),
        new("no-wifi", "No Wi-Fi", "Flash a network image"),
        new("wifi-failed", "Wi-Fi failed", "Move closer; trying again"),
        new("no-address", "No IP address", "Check DHCP; trying again"),
        new("no-time", "No time", "Check UDP 123; trying again"),
        new("no-answer", "No answer", "Trying again"),
        new("bad-answer", "Bad answer", "Trying again"),
        new("dps-slow", "DPS is slow", "Trying again"),
        new("dps-lost", "DPS lost", "Trying again"),
    ];

    public static Screen Find(string name) => Reached.Single(screen => screen.Name == name);
}
