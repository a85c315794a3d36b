namespace DevKit.DpsEmulator.Hub;

/// <summary>A hub refuses a request; the message says why, to whoever asked.</summary>
internal sealed class HubException : Exception
{
    /// <summary>The hub itself has failed.</summary>
    public HubException()
        : this("The hub has failed.")
    {
    }

    /// <summary>The hub itself has failed.</summary>
    /// <param name="message">What is wrong.</param>
    public HubException(string message)
        : this(HubErrorCode.ServerError, message)
    {
    }

    /// <summary>The hub itself has failed.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">Why.</param>
    public HubException(string message, Exception innerException)
        : base(message, innerException) => Code = HubErrorCode.ServerError;

    /// <summary>A request is refused.</summary>
    /// <param name="code">The kind of refusal.</param>
    /// <param name="message">Why, with the value and the remedy.</param>
    internal HubException(HubErrorCode code, string message)
        : base(message) => Code = code;

    /// <summary>The kind of refusal.</summary>
    internal HubErrorCode Code { get; }

    /// <summary>The status of HTTP, and of an answer about a twin.</summary>
    internal int Status => (int)Code / 1000;

    internal static HubException DeviceNotFound(DeviceAddress device) => new(HubErrorCode.DeviceNotFound, device.DeviceId);

    internal static HubException Invalid(string message) => new(HubErrorCode.ArgumentInvalid, message);
}
