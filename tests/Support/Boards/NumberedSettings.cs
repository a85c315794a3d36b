namespace DevKit.Support.Boards;

/// <summary>Settings of which there are many, no two of them alike.</summary>
public static class NumberedSettings
{
    /// <summary>One of many device IDs, as long as may be, no two of which have a letter in common.</summary>
    public static string DeviceId(int number) => new((char)('a' + (number % 26)), 128);

    /// <summary>
    /// A connection string with that device ID and a key of its own, so long that the store needs several updates for it.
    /// </summary>
    public static string HubConnection(int number) =>
        $"HostName={new string('h', 50)}.azure-devices.net;DeviceId={DeviceId(number)};"
        + $"SharedAccessKey={Convert.ToBase64String([.. Enumerable.Repeat((byte)(number + 1), 32)])}";
}
