using System.Text.Json;
using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Http;

/// <summary>A change as an event tells of it.</summary>
/// <param name="Kind"><c>all</c>, or a <see cref="ChangeKind"/> in camel case.</param>
/// <param name="Id">What <see cref="Change.Id"/> is; null with <c>all</c>.</param>
/// <param name="Removed">Whether it is gone.</param>
/// <param name="Hub">The hub whose device it is of; null with what is no device's.</param>
internal sealed record ChangeView(string Kind, string? Id, bool Removed, string? Hub = null)
{
    /// <summary>Everything may have changed: the first event.</summary>
    internal static ChangeView Everything { get; } = new("all", null, false);

    internal static ChangeView From(Change change) =>
        new(JsonNamingPolicy.CamelCase.ConvertName(change.Kind.ToString()), change.Id, change.Removed, change.Hub);
}
