using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Board;
using DevKit.Platform;
using DevKit.Sim.Board;
using DevKit.Sim.Serial;
using DevKit.Sim.Sessions;
using DevKit.VirtualParts.I2c;

namespace DevKit.Sim.Commands;

/// <summary>The command that runs a board for a user.</summary>
internal static class RunCommand
{
    private const string DefaultScreenFile = "devkit-screen.png";

    public static Command Create()
    {
        Command command = new("run", "Run a board. Keys: " + BoardKeys.Help)
        {
            RunOptions.Folder, RunOptions.Image, RunOptions.Wifi, RunOptions.Cloud, RunOptions.Ca, RunOptions.Application,
            RunOptions.HoldA, RunOptions.Serial, RunOptions.Plain, RunOptions.Screen, RunOptions.I2c,
        };
        command.Validators.Add(RunOptions.ValidateTogether);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            BoardOptions options = RunOptions.ReadBoard(parsed);
            using FolderLock inUse = LockFolder(options.Folder);
            using VirtualDevKit board = CreateBoard(options);
            await using I2cBusServer? bus = OpenBus(board, parsed.GetValue(RunOptions.I2c));
            using ISerialLine? serial = OpenSerial(board, parsed.GetRequiredValue(RunOptions.Serial));
            StoreCa(board, parsed.GetValue(RunOptions.Ca));

            // On another thread: signals are listened to only once this has returned a task.
            await Task.Run(() => Serve(board, bus, serial, parsed, cancellation), CancellationToken.None);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or PlatformNotSupportedException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static void Serve(
        VirtualDevKit board, I2cBusServer? bus, ISerialLine? serial, ParseResult parsed, CancellationToken cancellation)
    {
        string screen = parsed.GetValue(RunOptions.Screen)?.FullName ?? Path.GetFullPath(DefaultScreenFile);
        bool isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        ISession session = isTerminal && !parsed.GetValue(RunOptions.Plain)
            ? new FullScreenSession(board, screen, board.HasSerialPort ? serial?.Place ?? "this terminal" : "none on the published image")
            : new PlainSession(board, screen, showsSerial: serial == null);
        string? serialPlace = serial == null ? null : $"serial port: {serial.Hint}";
        string? busPlace = bus == null ? null : $"I2C bus: TCP 127.0.0.1:{bus.Port}";
        string whereTo = string.Join("; ", ((string?[])[serialPlace, busPlace]).Where(place => place != null));
        if (whereTo.Length > 0)
        {
            session.Note(whereTo);
        }

        if (parsed.GetValue(RunOptions.HoldA))
        {
            HoldA(board, session);
        }

        session.Run(cancellation);
        if (parsed.GetValue(RunOptions.Screen) != null)
        {
            ScreenFile.Save(board, screen);
        }
    }

    // Until the firmware has seen it: a person looks at the screen, and lets go.
    private static void HoldA(VirtualDevKit board, ISession session)
    {
        void LetGo(int pin)
        {
            if (pin == BoardPins.ButtonA)
            {
                board.PinRead -= LetGo;
                board.SetButton(BoardPins.ButtonA, false);
                session.Note("button A released");
            }
        }

        board.SetButton(BoardPins.ButtonA, true);
        board.PinRead += LetGo;
    }

    private static FolderLock LockFolder(string folder) => Open(folder, () => FolderLock.TryAcquire(folder))
        ?? throw new IOException($"Another program runs the board in {folder}: end it, or name another folder with --board.");

    private static VirtualDevKit CreateBoard(BoardOptions options) => Open(options.Folder, () => new VirtualDevKit(options));

    private static T Open<T>(string folder, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The board can't be kept in {folder}: {e.Message} Name another folder with --board.", e);
        }
    }

    private static void StoreCa(VirtualDevKit board, FileInfo? file)
    {
        if (file == null)
        {
            return;
        }

        try
        {
            string pem = File.ReadAllText(file.FullName);
            X509Certificate2Collection certificates = [];
            certificates.ImportFromPem(pem);
            if (certificates.Count == 0)
            {
                throw new CryptographicException("It holds no certificate.");
            }

            board.Folder.StoreCa(pem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            const string Remedy = "Name the CA's certificate in PEM form; the local cloud keeps it as ca.pem in its data folder.";
            throw new IOException($"--ca {file.FullName}: {e.Message} {Remedy}", e);
        }
    }

    private static I2cBusServer? OpenBus(VirtualDevKit board, ushort? port)
    {
        try
        {
            return port == null ? null : I2cBusServer.Start(board.Bus, port.Value);
        }
        catch (SocketException e)
        {
            throw new IOException($"TCP port {port} for the I2C bus can't be opened: {e.Message}. Name another with --i2c PORT.", e);
        }
    }

    private static ISerialLine? OpenSerial(VirtualDevKit board, string where) => where switch
    {
        RunOptions.TerminalSerial => null,
        RunOptions.PtySerial => new PtySerialLine(board),
        _ => new TcpSerialLine(board, RunOptions.ReadSerialPort(where)!.Value),
    };
}
