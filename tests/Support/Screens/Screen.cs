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
    private const string Endpoint = "global.azure-devices-provisioning.net";
    private const string First = "Next try: 2 s";
    private const string Final = "Next try: 300 s";

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
        new("no-wifi-name", "No Wi-Fi name", "Hold A, reset: set_wifissid", Line3: Final),
        new("wifi-password", "Wi-Fi password", "Hold A, reset: set_wifipwd", Line3: First),
        new("wifi-not-found", "Wi-Fi not found", "Check its name", Line3: First),
        new("no-id-scope", "No ID scope", "Hold A, reset: set_dps_idscope", Line3: Final),
        new("host-not-found", "Host not found", "Check endpoint and DNS", Line3: First),
        new("not-trusted", "Not trusted", "Check name, CA, date", Line3: First),
        new("refused", "Cloud refuses", "Check ID scope and enrollment", Line3: Final),
        new("dps-401", "DPS refuses: 401", "Enroll this certificate", Line3: Final),
        new("dps-not-found", "DPS: not found", "Check ID scope, enroll", Line3: Final),
        new("dps-disabled", "DPS: disabled", "Enable it in DPS", Line3: Final),
        new("hub-lost", "Hub lost", Hub, Line3: First),
    ];

    /// <summary>
    /// Those that take a fault that nothing here makes: of the network, of the service, or of settings that the store would report
    /// before.
    /// </summary>
    public static readonly IReadOnlyList<Screen> Rare =
    [
        new("bad-registration-id", "Bad reg. ID", "On serial type set_registration_id"),
        new("bad-key", "Bad key", "Hold A, reset: set it again", Line3: Final),
        new("no-wifi", "No Wi-Fi", "Flash a network image", Line3: Final),
        new("wifi-lost", "Wi-Fi lost", "home", Line3: First),
        new("wifi-failed", "Wi-Fi failed", "Move closer", Line3: First),
        new("no-address", "No IP address", "Check DHCP", Line3: First),
        new("no-time", "No time", "Check UDP 123", Line3: First),
        new("no-answer", "No answer", Endpoint, Line3: First),
        new("bad-answer", "Bad answer", "See serial", Line3: First),
        new("no-connection", "Can't connect", "Check port 8883", Line3: First),
        new("silent", "Can't connect", "No answer on port 8883", Line3: First),
        new("tls-failed", "TLS failed", "See serial", Line3: First),
        new("busy", "Cloud refuses", "It is busy", Line3: First),
        new("bad-assignment", "Bad assignment", "deviceId: see serial", Line3: Final),
        new("bad-certificate", "Bad certificate", "See serial", Line3: Final),
        new("dps-slow", "DPS is slow", "Still assigning", Line3: First),
        new("dps-lost", "DPS lost", Endpoint, Line3: First),
    ];

    public static Screen Find(string name) => Reached.Single(screen => screen.Name == name);
}
