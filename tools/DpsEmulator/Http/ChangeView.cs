using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Http;

/// <summary>A change as an event tells of it.</summary>
/// <param name="Kind"><c>all</c>, or a <see cref="ChangeKind"/> in lower case.</param>
/// <param name="Id">The registration ID of an enrollment or registration, else the device ID; null with <c>all</c>.</param>
/// <param name="Removed">Whether it is gone.</param>
internal sealed record ChangeView(string Kind, string? Id, bool Removed)
{
    /// <summary>Everything may have changed: the first event.</summary>
    internal static ChangeView Everything { get; } = new("all", null, false);

    internal static ChangeView From(Change change) =>
        new(
            change.Kind switch
            {
                ChangeKind.Enrollment => "enrollment",
                ChangeKind.Registration => "registration",
                ChangeKind.Device => "device",
                ChangeKind.Connection => "connection",
                ChangeKind.Twin => "twin",
                _ => "telemetry",
            },
            change.Id,
            change.Removed);
}
