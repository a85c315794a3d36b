using DevKit.CommandLine;

namespace DevKit.CertGen.Terminals;

/// <summary>Reads what a user names, whole.</summary>
internal static class InputFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="what">What it is, as in "the image".</param>
    /// <param name="path">Its name.</param>
    /// <param name="longest">The most bytes that it can sensibly have.</param>
    /// <param name="remedy">A sentence that says what to name.</param>
    /// <exception cref="CommandException">There is none, or it is empty, too long or can't be read.</exception>
    public static byte[] Read(string what, string path, int longest, string remedy)
    {
        if (path.Length == 0)
        {
            throw new CommandException($"There is no {what} without a name. {remedy}");
        }

        if (Directory.Exists(path))
        {
            throw new CommandException($"The {what} {path} is a folder. {remedy}");
        }

        if (!File.Exists(path))
        {
            throw new CommandException($"The {what} {path} does not exist. {remedy}");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[longest + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > longest ? throw new CommandException($"The {what} {path} is longer than {longest} bytes. {remedy}")
                : length == 0 ? throw new CommandException($"The {what} {path} is empty. {remedy}")
                : bytes[..length];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The {what} {path} can't be read: {e.Message} Make it readable.");
        }
    }

    /// <summary>Reads what is there already where something is to be written.</summary>
    /// <param name="path">The file. A link that leads nowhere is none.</param>
    /// <returns>The bytes, or null when nothing is there.</returns>
    /// <exception cref="CommandException">It can't be read.</exception>
    public static byte[]? ReadPresent(string path)
    {
        string place = FilePlace.Resolve(path);
        try
        {
            return File.Exists(place) ? File.ReadAllBytes(place) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} is there and can't be read: {e.Message} Make it readable, or remove it.");
        }
    }
}
