namespace DevKit.DpsEmulator.Dps;

/// <summary>What DPS keeps of a device that registered: its registration record.</summary>
/// <param name="RegistrationId">Who it is.</param>
/// <param name="EnrollmentGroup">The group that it came by; null with an individual enrollment.</param>
/// <param name="DeviceId">Its name at the hub; null before it was assigned.</param>
/// <param name="AssignedHub">The hub's DNS name; null before it was assigned.</param>
/// <param name="Status"><c>assigned</c>, <c>failed</c> or <c>disabled</c>.</param>
/// <param name="Substatus">How it came to its hub; null without one.</param>
/// <param name="ErrorCode">Why it was not assigned; null when it was.</param>
/// <param name="ErrorMessage">Why it was not assigned, in words; null when it was.</param>
/// <param name="Created">When it first registered.</param>
/// <param name="Updated">When it last did.</param>
/// <param name="ETag">Changes with each registration.</param>
internal sealed record Registration(
    string RegistrationId,
    string? EnrollmentGroup,
    string? DeviceId,
    string? AssignedHub,
    string Status,
    string? Substatus,
    int? ErrorCode,
    string? ErrorMessage,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    string ETag);
