using System.Runtime.InteropServices;
using DevKit.Sim.Board;
using Microsoft.Win32.SafeHandles;

namespace DevKit.Sim.Run;

/// <summary>The serial port on a pseudo-terminal, for any serial monitor on Linux and macOS.</summary>
internal sealed partial class PtySerialLine : ISerialLine
{
    // O_RDWR is 2 on both; O_NOCTTY differs.
    private const int ReadWrite = 2;
    private const int NoControllingTerminalLinux = 0x100;
    private const int NoControllingTerminalMac = 0x20000;

    // struct termios is shorter than this on both.
    private const int TermiosSize = 256;

    private readonly VirtualDevKit _board;
    private readonly SafeFileHandle _master;
    private readonly SafeFileHandle _slave;
    private readonly FileStream _stream;

    /// <summary>Opens a pseudo-terminal.</summary>
    /// <exception cref="IOException">There is none to be had.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no pseudo-terminals of this kind.</exception>
    public PtySerialLine(VirtualDevKit board)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            throw new PlatformNotSupportedException("This system has no pseudo-terminals: use --serial tcp:PORT with a monitor that speaks raw TCP.");
        }

        _board = board;
        int flags = ReadWrite | (OperatingSystem.IsLinux() ? NoControllingTerminalLinux : NoControllingTerminalMac);
        int master = Check(PosixOpenPt(flags), "opened");
        _master = new SafeFileHandle(master, ownsHandle: true);
        Check(GrantPt(master), "granted");
        Check(UnlockPt(master), "unlocked");
        Path = Marshal.PtrToStringUTF8(PtsName(master)) ?? throw new IOException("The pseudo-terminal has no name.");

        // Held open here too, so that a monitor may come and go; raw, so that the terminal driver neither echoes nor edits.
        int slave = Check(Open(Path, flags), "opened");
        _slave = new SafeFileHandle(slave, ownsHandle: true);
        byte[] settings = new byte[TermiosSize];
        Check(TcGetAttr(slave, settings), "asked for its settings");
        CfMakeRaw(settings);
        Check(TcSetAttr(slave, 0, settings), "set raw");

        _stream = new FileStream(_master, FileAccess.ReadWrite, bufferSize: 0);
        _board.SerialSent += Send;
        new Thread(Serve) { IsBackground = true, Name = "serial" }.Start();
    }

    /// <summary>The terminal's path.</summary>
    public string Path { get; }

    public string Description => $"serial port on {Path}: picocom -b 115200 {Path}";

    public void Dispose()
    {
        _board.SerialSent -= Send;
        _slave.Dispose();
        _master.Dispose();
    }

    private static int Check(int result, string what) =>
        result >= 0 ? result : throw new IOException($"A pseudo-terminal can't be {what}: error {Marshal.GetLastPInvokeError()}.");

    private void Serve()
    {
        byte[] buffer = new byte[1024];
        try
        {
            for (int n = _stream.Read(buffer); n > 0; n = _stream.Read(buffer))
            {
                _board.TypeSerial(buffer.AsSpan(0, n));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The session has ended.
        }
    }

    private void Send(byte[] bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The session has ended.
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int PosixOpenPt(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int GrantPt(int fd);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int UnlockPt(int fd);

    [LibraryImport("libc", EntryPoint = "ptsname", SetLastError = true)]
    private static partial nint PtsName(int fd);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int TcGetAttr(int fd, byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int TcSetAttr(int fd, int actions, byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void CfMakeRaw(byte[] settings);
}
