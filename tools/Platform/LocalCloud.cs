using System.Net;
using System.Text.Json;

namespace DevKit.Platform;

/// <summary>
/// A local cloud that runs on this machine. It announces itself by a file in its data folder, for programs of the same user. One that
/// was killed leaves the file, but not the lock: where nobody holds the folder, nothing runs.
/// </summary>
/// <param name="Mqtt">Where MQTT over TLS is, <c>address:port</c> as programs on this machine reach it.</param>
/// <param name="Page">Where the page and the REST API are.</param>
/// <param name="IdScope">The ID scope of its DPS.</param>
/// <param name="CaFile">The certificate that its server's is verified by, PEM.</param>
public sealed record LocalCloud(string Mqtt, Uri Page, string IdScope, string CaFile)
{
    private const string FileName = "running.json";

    /// <summary>The data folder unless told otherwise: <c>devkit-emulator</c> in the user's folder for local application data.</summary>
    /// <remarks>Also where that folder is still to be made, as it is for a new user: .NET calls it "" unless told not to look.</remarks>
    public static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "devkit-emulator");

    /// <summary>Finds the cloud that runs on a data folder.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <returns>The cloud, or null when none runs there, or none that this user may know of.</returns>
    public static LocalCloud? Find(string folder)
    {
        try
        {
            return File.Exists(PathIn(folder)) && FolderLock.IsHeld(folder)
                && JsonSerializer.Deserialize<LocalCloud>(File.ReadAllBytes(PathIn(folder))) is { } cloud && cloud.IsComplete
                ? cloud
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes what a cloud that was killed has left; for the one that holds the folder.</summary>
    /// <exception cref="IOException">It can't be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public static void Withdraw(string folder) => File.Delete(PathIn(folder));

    /// <summary>Announces this cloud; for the one that holds the folder.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <returns>The announcement; disposing of it withdraws it.</returns>
    /// <exception cref="IOException">The file can't be written.</exception>
    public IDisposable Announce(string folder)
    {
        AtomicFile.WritePrivate(PathIn(folder), JsonSerializer.SerializeToUtf8Bytes(this));
        return new Announcement(folder);
    }

    private bool IsComplete =>
        IPEndPoint.TryParse(Mqtt ?? "", out _) && Page is { IsAbsoluteUri: true } && IdScope is not null && CaFile is not null;

    private static string PathIn(string folder) => Path.Combine(folder, FileName);

    private sealed class Announcement(string folder) : IDisposable
    {
        public void Dispose() => Withdraw(folder);
    }
}
