using System.CommandLine;
using DevKit.Board;
using DevKit.CommandLine;
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
            SetupOptions.Join, SetupOptions.UdsFile, SetupOptions.Set,
            RunOptions.HoldA, RunOptions.Serial, RunOptions.Plain, RunOptions.Screen, RunOptions.I2c,
        };
        command.Validators.Add(RunOptions.ValidateTogether);
        command.Validators.Add(SetupOptions.ValidateTogether);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        List<BoardSetting> settings = [];
        try
        {
            LocalCloud? local = RunOptions.FindLocalCloud(parsed);
            BoardOptions options = RunOptions.ReadBoard(parsed, local);
            string? ca = parsed.GetValue(RunOptions.Ca) is { } file ? RunParts.ReadCa(file) : null;
            await WarnAsync(parsed, options);
            settings = SetupOptions.Read(parsed, options.WifiNetworks);
            using FolderLock inUse = RunParts.LockFolder(options.Folder);
            using VirtualDevKit board = RunParts.CreateBoard(options);
            await using I2cBusServer? bus = RunParts.OpenBus(board, parsed.GetValue(RunOptions.I2c));
            using ISerialLine? serial = RunParts.OpenSerial(board, parsed.GetRequiredValue(RunOptions.Serial));

            // The board is changed only now that nothing of the options is left to be refused but by its own console.
            await BoardSetup.ApplyAsync(board, settings, cancellation);
            serial?.Attach();
            if (ca != null)
            {
                RunParts.StoreCa(board, ca);
            }

            // On another thread: signals are listened to only once this has returned a task.
            await Task.Run(() => Serve(board, options, local, bus, serial, parsed, cancellation), CancellationToken.None);
            return CommandRunner.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandException(e.Message);
        }
        finally
        {
            SetupOptions.Clear(settings);
        }
    }

    private static async Task WarnAsync(ParseResult parsed, BoardOptions options)
    {
        foreach ((string option, string remedy) in SetupOptions.FindSecrets(parsed, options.WifiNetworks))
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"Warning: {option}: the shell's history and every user's list of processes have the secret now. {remedy}");
        }
    }

    private static void Serve(
        VirtualDevKit board, BoardOptions options, LocalCloud? local, I2cBusServer? bus, ISerialLine? serial, ParseResult parsed,
        CancellationToken cancellation)
    {
        string screen = parsed.GetValue(RunOptions.Screen)?.FullName ?? Path.GetFullPath(DefaultScreenFile);
        ISession session = CreateSession(board, screen, serial, parsed.GetValue(RunOptions.Plain));
        bool holdsA = parsed.GetValue(RunOptions.HoldA);
        if (local != null)
        {
            session.Print(
                $"The local cloud runs: Azure's names lead to {local.Mqtt}, and {local.CaFile} is trusted; not so with --cloud none.");
        }

        if (board.Folder.IsFactoryFresh && options.Image == NanoClrImage.Network)
        {
            FirstSteps.PrintAtPrompt(board, session, FirstSteps.Describe(local, options.CloudEndPoint, options.WifiNetworks.First()));
        }

        string? serialPlace = serial == null ? null : $"serial port: {serial.Hint}";
        string? busPlace = bus == null ? null : $"I2C bus: TCP 127.0.0.1:{bus.Port}";
        string whereTo = string.Join("; ", ((string?[])[serialPlace, busPlace]).Where(place => place != null));
        if (whereTo.Length > 0)
        {
            session.Note(whereTo);
        }

        if (holdsA)
        {
            HoldA(board, session);
        }

        session.Run(cancellation);
        if (parsed.GetValue(RunOptions.Screen) != null)
        {
            ScreenFile.Save(board, screen);
        }
    }

    private static ISession CreateSession(VirtualDevKit board, string screenFile, ISerialLine? serial, bool isPlain)
    {
        bool isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        return isTerminal && !isPlain && FullScreenSession.IsPossible
            ? new FullScreenSession(
                board, screenFile, board.HasSerialPort ? serial?.Place ?? "this terminal" : "none on the published image")
            : new PlainSession(board, screenFile, showsSerial: serial == null);
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
}
