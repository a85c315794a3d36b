namespace DevKit.DpsEmulator.Faults;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>A request (a registration, or one about a twin) is answered with a status such as 429, 500 or 401.</summary>
    Status,

    /// <summary>The connection is closed without a word when the device sends something.</summary>
    Drop,

    /// <summary>Whatever the device sends is handled so much later.</summary>
    Delay,

    /// <summary>A request is answered with bytes that mean nothing.</summary>
    Garbage,

    /// <summary>CONNECT is refused with a return code.</summary>
    Connack,
}

/// <summary>Which of the services it goes wrong at.</summary>
internal enum FaultService
{
    /// <summary>The provisioning service.</summary>
    Dps,

    /// <summary>The hubs.</summary>
    Hub,
}

/// <summary>A fault on demand.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Service">Where; null for everywhere.</param>
/// <param name="Device">Whose: a registration or device ID, or the beginning of one and <c>*</c>; null for all.</param>
/// <param name="Share">For which share of what happens, 0 to 1.</param>
/// <param name="Ends">Until when; null for as long as the rule is there.</param>
/// <param name="Status">The status of a request that fails.</param>
/// <param name="RetryAfter">What the device is told to wait, seconds; null for nothing.</param>
/// <param name="Delay">How long everything takes, seconds.</param>
/// <param name="ReturnCode">The return code of CONNACK, 1 to 5.</param>
internal sealed record FaultRule(
    int Id,
    FaultKind Kind,
    FaultService? Service,
    string? Device,
    double Share,
    DateTimeOffset? Ends,
    int Status,
    int? RetryAfter,
    double Delay,
    int ReturnCode);
