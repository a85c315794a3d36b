using System.Runtime.InteropServices;

namespace DevKit.Sim.Serial;

/// <summary>The calls of the C library that a serial line takes, with the numbers of Linux and macOS.</summary>
internal static partial class Posix
{
    private const short PollIn = 0x01;
    private const short PollOut = 0x04;
    private const short PollHangUp = 0x10;
    private const int StandardOutput = 1;

    // EINTR, on both.
    private const int Interrupted = 4;
    private const int ReadWrite = 2;

    // struct termios is shorter than this on both.
    private const int TermiosSize = 256;

    private static int NoControllingTerminal => OperatingSystem.IsLinux() ? 0x100 : 0x20000;

    // The microcontroller's process does not inherit the terminal: its end would be the monitor's hang-up.
    private static int CloseOnExec => OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    private static int NonBlocking => OperatingSystem.IsLinux() ? 0x800 : 0x4;

    /// <summary>Opens a pseudo-terminal, raw: the terminal driver neither echoes nor edits. Reads and writes on it do not wait.</summary>
    /// <param name="path">The path where the other side is to be opened.</param>
    /// <returns>The file descriptor of this side.</returns>
    /// <exception cref="IOException">There is none to be had.</exception>
    public static int OpenTerminal(out string path)
    {
        int master = Check(Open("/dev/ptmx", ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec), "opened");
        try
        {
            Check(GrantPt(master), "granted");
            Check(UnlockPt(master), "unlocked");
            path = Marshal.PtrToStringUTF8(PtsName(master)) ?? throw new IOException("The pseudo-terminal has no name.");
            int slave = Check(Open(path, ReadWrite | NoControllingTerminal), "opened");
            try
            {
                byte[] settings = new byte[TermiosSize];
                Check(TcGetAttr(slave, settings), "asked for its settings");
                CfMakeRaw(settings);
                Check(TcSetAttr(slave, 0, settings), "set raw");
            }
            finally
            {
                _ = Close(slave);
            }

            return master;
        }
        catch
        {
            _ = Close(master);
            throw;
        }
    }

    /// <summary>Waits until there is something to read.</summary>
    public static bool CanRead(int terminal, int milliseconds) => (Wait(terminal, PollIn, milliseconds) & PollIn) != 0;

    /// <summary>Waits until something can be written to a terminal that somebody has opened.</summary>
    public static bool CanWrite(int terminal, int milliseconds) =>
        (Wait(terminal, PollOut, milliseconds) & (PollOut | PollHangUp)) == PollOut;

    /// <summary>Reads what is there.</summary>
    /// <returns>How many bytes; 0 or less when there are none, or nobody has opened the other side.</returns>
    public static int ReadSome(int terminal, byte[] buffer) => (int)Read(terminal, buffer, (nuint)buffer.Length);

    /// <summary>Writes what there is room for.</summary>
    /// <returns>How many bytes; less than 0 when there is no room.</returns>
    public static int WriteSome(int terminal, ReadOnlySpan<byte> bytes)
    {
        int count;
        do
        {
            count = (int)Write(terminal, bytes, (nuint)bytes.Length);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return count;
    }

    /// <summary>Writes to the standard output.</summary>
    /// <returns>False when nobody reads it any more.</returns>
    public static bool TryWriteToOutput(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = CanWrite(StandardOutput, Timeout.Infinite) ? WriteSome(StandardOutput, bytes) : -1;
            if (count < 0)
            {
                return false;
            }

            bytes = bytes[count..];
        }

        return true;
    }

    /// <summary>Closes a file descriptor.</summary>
    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    private static short Wait(int file, short events, int milliseconds)
    {
        PollEntry entry = new() { File = file, Events = events };
        int count;
        do
        {
            count = Poll(ref entry, 1, milliseconds);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return count > 0 ? entry.Found : (short)0;
    }

    private static int Check(int result, string what) => result >= 0
        ? result
        : throw new IOException($"A pseudo-terminal can't be {what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int GrantPt(int file);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int UnlockPt(int file);

    [LibraryImport("libc", EntryPoint = "ptsname", SetLastError = true)]
    private static partial nint PtsName(int file);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int TcGetAttr(int file, byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int TcSetAttr(int file, int actions, byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void CfMakeRaw(byte[] settings);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int file, [Out] byte[] buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, ReadOnlySpan<byte> bytes, nuint count);

    // struct pollfd
    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int File;
        public short Events;
        public short Found;
    }
}
