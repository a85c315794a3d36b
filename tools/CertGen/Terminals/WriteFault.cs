using DevKit.CommandLine;

namespace DevKit.CertGen.Terminals;

/// <summary>Why a file can't be written, in one line: the file that was named, the cause, and what to do.</summary>
internal static class WriteFault
{
    /// <summary>Whether an exception says that a file can't be written.</summary>
    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>Tells of a file or a folder that can't be written.</summary>
    /// <param name="path">As the user named it, or would.</param>
    /// <param name="option">The option that named it.</param>
    /// <param name="error">What the system says.</param>
    public static CommandException Of(string path, string option, Exception error)
    {
        (string cause, string remedy) = Explain(error);
        return new CommandException($"{path} can't be written: {cause}. {remedy}ame another place with {option}.");
    }

    /// <summary>Writes something, and tells of it when it can't be written.</summary>
    /// <param name="path">As the user named it, or would.</param>
    /// <param name="option">The option that named it.</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="CommandException">It can't be written.</exception>
    public static T Tell<T>(string path, string option, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (Is(e))
        {
            throw Of(path, option, e);
        }
    }

    /// <inheritdoc cref="Tell{T}"/>
    public static void Tell(string path, string option, Action write)
        => Tell(path, option, () =>
        {
            write();
            return true;
        });

    // .NET tells these apart by the system's own number alone: errno of Linux and macOS, and Windows' (WIN32_FROM_HRESULT).
    private static (string Cause, string Remedy) Explain(Exception error) => error.HResult switch
    {
        28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027) => ("the disk is full", "Make room there, or n"),
        30 or unchecked((int)0x80070013) => ("the disk is read-only", "N"),
        11 or 35 or unchecked((int)0x80070020) => ("another program writes it", "Let that end, or n"),
        _ when error is PathTooLongException => ("its name is too long", "N"),
        _ when error is UnauthorizedAccessException => ("you may not write there", "Let yourself write there, or n"),
        _ => (error.Message.TrimEnd('.'), "N"),
    };
}
