namespace DevKit.DpsEmulator.Hub;

/// <summary>A call of a device's method.</summary>
/// <param name="Name">The method.</param>
/// <param name="Payload">What it is given, JSON; empty for nothing.</param>
/// <param name="ConnectTimeout">How long to wait for the device to come, and to subscribe to methods.</param>
/// <param name="ResponseTimeout">How long to wait for its answer.</param>
internal sealed record MethodCall(string Name, ReadOnlyMemory<byte> Payload, TimeSpan ConnectTimeout, TimeSpan ResponseTimeout)
{
    private const int MaximumName = 100;
    private const int MaximumPayload = 128 * 1024;

    /// <summary>Refuses a call that no hub would make.</summary>
    /// <exception cref="HubException">It is one; the message says why.</exception>
    internal void Validate()
    {
        if (Name.Length is 0 or > MaximumName)
        {
            throw HubException.Invalid($"The method's name has {Name.Length} characters: 1 to {MaximumName} are allowed.");
        }

        if (Payload.Length > MaximumPayload)
        {
            throw new HubException(
                HubErrorCode.MessageTooLarge, $"The method's payload has {Payload.Length} bytes, {MaximumPayload} are allowed.");
        }

        Validate(ConnectTimeout, "connectTimeoutInSeconds", 0);
        Validate(ResponseTimeout, "responseTimeoutInSeconds", 5);
    }

    private static void Validate(TimeSpan timeout, string name, int minimum)
    {
        const int Maximum = 300;
        if (timeout.TotalSeconds < minimum || timeout.TotalSeconds > Maximum)
        {
            throw HubException.Invalid($"'{name}' is {timeout.TotalSeconds}: {minimum} to {Maximum} are allowed.");
        }
    }
}
