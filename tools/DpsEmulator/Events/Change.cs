namespace DevKit.DpsEmulator.Events;

/// <summary>What of a thing changed.</summary>
internal enum ChangeKind
{
    /// <summary>An enrollment was added, changed or removed.</summary>
    Enrollment,

    /// <summary>An enrollment's device was assigned to the hub, or removed from it.</summary>
    Registration,

    /// <summary>A device was made, registered again or removed.</summary>
    Device,

    /// <summary>A device connected or disconnected.</summary>
    Connection,

    /// <summary>A device's twin changed.</summary>
    Twin,

    /// <summary>A device sent a message.</summary>
    Telemetry,
}

/// <summary>A change of something that is shown.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Id">The registration ID of an enrollment or registration, else the device ID.</param>
/// <param name="Removed">Whether it is gone.</param>
internal readonly record struct Change(ChangeKind Kind, string Id, bool Removed = false);
