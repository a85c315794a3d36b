namespace DevKit.DpsEmulator.Events;

/// <summary>What of a thing changed.</summary>
internal enum ChangeKind
{
    /// <summary>An enrollment was added, changed or removed.</summary>
    Enrollment,

    /// <summary>An enrollment group was added, changed or removed.</summary>
    EnrollmentGroup,

    /// <summary>A device registered, or its registration was removed.</summary>
    Registration,

    /// <summary>A device was made, registered again or removed.</summary>
    Device,

    /// <summary>A device connected or disconnected.</summary>
    Connection,

    /// <summary>A device's twin changed.</summary>
    Twin,

    /// <summary>A device sent a message.</summary>
    Telemetry,

    /// <summary>A message to a device was queued, or is gone from its queue.</summary>
    Message,

    /// <summary>The log has another line.</summary>
    Log,

    /// <summary>A fault rule was added or removed.</summary>
    Fault,
}

/// <summary>A change of something that is shown.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Id">The registration ID of an enrollment or registration, the ID of a group, the device ID; empty with the log.</param>
/// <param name="Removed">Whether it is gone.</param>
/// <param name="Hub">The hub whose device it is of; null with what is no device's.</param>
internal readonly record struct Change(ChangeKind Kind, string Id, bool Removed = false, string? Hub = null);
