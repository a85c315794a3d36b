namespace DevKit.Sim.Tests.Support;

/// <summary>The board and the secret of the tests; the same as in the repository's identity vectors.</summary>
internal static class Samples
{
    /// <summary>The MAC address, as the console shows it.</summary>
    public const string Mac = "c89346854138";

    /// <summary>The Unique Device Secret.</summary>
    public const string Uds = "19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eae";

    /// <summary>The registration ID that the firmware makes of the MAC address and its version.</summary>
    public const string RegistrationId = "az-" + Mac + "v1v0v0";

    /// <summary>One of many device IDs, as long as may be, no two of which have a letter in common.</summary>
    public static string DeviceId(int number) => new((char)('a' + (number % 26)), 128);

    /// <summary>A connection string with that device ID and a key of its own, so long that the store needs several updates for it.</summary>
    public static string HubConnection(int number) =>
        $"HostName={new string('h', 50)}.azure-devices.net;DeviceId={DeviceId(number)};"
        + $"SharedAccessKey={Convert.ToBase64String([.. Enumerable.Repeat((byte)(number + 1), 32)])}";
}
