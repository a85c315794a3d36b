using System.Buffers;

namespace DevKit.DpsEmulator.Hub;

/// <summary>Which names a device may have at the hub.</summary>
internal static class DeviceIds
{
    private const int MaximumLength = 128;

    /// <summary>Beside letters and digits. A device with a + or # in its name cannot use MQTT, where they are wildcards.</summary>
    private const string Others = "-:.+%_#*?!(),=@;$'";

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + Others);

    /// <summary>Why a name is none, or null.</summary>
    internal static string? FindProblem(string deviceId) =>
        deviceId.Length is 0 or > MaximumLength || deviceId.AsSpan().IndexOfAnyExcept(Characters) >= 0
            ? $"The device ID '{deviceId}' has not 1 to {MaximumLength} letters, digits and {Others}"
            : null;
}
