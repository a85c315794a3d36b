using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Terminals;

/// <summary>Reads a file that holds a secret, as bytes that can be wiped, and warns when others may read it.</summary>
internal static class SecretFile
{
    /// <summary>Reads a file, whole.</summary>
    /// <param name="what">What it holds, as in "a UDS".</param>
    /// <param name="path">Its name.</param>
    /// <param name="longest">The most bytes that it can sensibly have.</param>
    /// <param name="terminal">Who is warned; null for nobody.</param>
    /// <returns>The bytes, for the caller to wipe.</returns>
    /// <exception cref="CommandException">It is too long, or can't be read.</exception>
    public static byte[] Read(string what, string path, int longest, Terminal? terminal)
    {
        byte[] text = new byte[longest + 1];
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            int length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            if (length > longest)
            {
                throw new CommandException($"The file {path} is longer than {what} can be. Name the file that holds it alone.");
            }

            if (terminal != null)
            {
                WarnIfReadable(path, terminal);
            }

            return text[..length];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The file {path} can't be read: {e.Message} Make it readable for yourself.");
        }
        finally
        {
            SecretBytes.Clear(text);
        }
    }

    /// <summary>Reads a file that holds a secret in one line.</summary>
    /// <inheritdoc cref="Read"/>
    /// <returns>The line without its end, for the caller to wipe.</returns>
    public static byte[] ReadLine(string what, string path, int longest, Terminal terminal)
    {
        byte[] text = Read(what, path, longest, terminal);
        try
        {
            return SecretText.TrimLine(text).ToArray();
        }
        finally
        {
            SecretBytes.Clear(text);
        }
    }

    /// <summary>Warns of a file that holds a secret and that other users may read or write.</summary>
    /// <param name="path">The file, which exists.</param>
    /// <param name="terminal">Who is warned.</param>
    public static void WarnIfReadable(string path, Terminal terminal)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            terminal.Warn($"other users may read {path}, which holds a secret: chmod 600 {path}");
        }
    }
}
