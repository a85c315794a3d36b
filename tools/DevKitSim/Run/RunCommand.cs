using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DevKit.Board;
using DevKit.Sim.Board;
using DevKit.VirtualParts;

namespace DevKit.Sim.Run;

/// <summary>The command that runs a board for a user.</summary>
internal static class RunCommand
{
    private const string TcpPrefix = "tcp:";

    private static readonly Option<DirectoryInfo> Folder = new("--board")
    {
        Description = "the folder that keeps the board between runs; a new one is a factory-fresh board",
        DefaultValueFactory = _ => new DirectoryInfo(BoardFolder.DefaultPath),
    };

    private static readonly Option<NanoClrImage> Image = new("--nanoclr")
    {
        Description = "the nanoCLR image on the board: network (all there is), console (no network) or published (no serial port either)",
        DefaultValueFactory = _ => NanoClrImage.Network,
    };

    private static readonly Option<string[]> Wifi = new("--wifi")
    {
        Description = $"a Wi-Fi network in reach, NAME:PASSWORD; several may be given [default: {BoardOptions.DefaultSsid}:{BoardOptions.DefaultPassword}]",
    };

    private static readonly Option<string?> Cloud = new("--cloud")
    {
        Description = "where the names of Azure's services lead, ADDRESS:PORT of a local emulator; without it, where DNS says",
    };

    private static readonly Option<FileInfo> Ca = new("--ca")
    {
        Description = "a CA certificate (PEM) to store in the board's configuration block, as Visual Studio or nanoff do",
    };

    private static readonly Option<FileInfo> Application = new("--image")
    {
        Description = "an application image to run in place of the one that Boot carries",
    };

    private static readonly Option<bool> HoldA = new("--hold-a")
    {
        Description = "hold button A while the board is plugged in: configuration mode",
    };

    private static readonly Option<string> Serial = new("--serial")
    {
        Description = "where the serial port goes: terminal (this one), pty (a pseudo-terminal for a serial monitor; Linux, macOS) or tcp:PORT (raw TCP on this PC, for PuTTY)",
        DefaultValueFactory = _ => "terminal",
    };

    private static readonly Option<bool> Plain = new("--plain")
    {
        Description = "no full-screen view; without a terminal there is none anyway",
    };

    private static readonly Option<FileInfo> Screen = new("--screen")
    {
        Description = "the PNG file that Ctrl+S and the session's end save the OLED's picture to",
        DefaultValueFactory = _ => new FileInfo("devkit-screen.png"),
    };

    private static readonly Option<int?> I2c = new("--i2c")
    {
        Description = "a TCP port on loopback that carries the I2C bus to other programs (docs/virtual-chip.md)",
    };

    public static Command Make()
    {
        Serial.Validators.Add(CheckSerial);
        I2c.Validators.Add(CheckPort);
        Wifi.Validators.Add(CheckWifi);
        Cloud.Validators.Add(CheckCloud);
        Ca.AcceptExistingOnly();
        Application.AcceptExistingOnly();
        Command command = new("run", "Run a board. Keys: " + BoardKeys.Help)
        {
            Folder, Image, Wifi, Cloud, Ca, Application, HoldA, Serial, Plain, Screen, I2c,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            using VirtualDevKit board = new(ReadOptions(parsed));
            if (parsed.GetValue(Ca) is { } ca)
            {
                board.Folder.StoreCa(await File.ReadAllTextAsync(ca.FullName, cancellation));
            }

            await using I2cBusServer? bus = parsed.GetValue(I2c) is { } port ? I2cBusServer.Start(board.Bus, port) : null;
            using ISerialLine? serial = OpenSerial(board, parsed.GetRequiredValue(Serial));
            board.SetButton(BoardPins.ButtonA, parsed.GetValue(HoldA));
            Serve(board, serial, parsed, cancellation);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or PlatformNotSupportedException or SocketException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"The board can't be started: {e.Message}");
            return 1;
        }
    }

    private static void Serve(VirtualDevKit board, ISerialLine? serial, ParseResult parsed, CancellationToken cancellation)
    {
        FileInfo screen = parsed.GetRequiredValue(Screen);
        bool isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        if (serial != null)
        {
            Console.WriteLine(serial.Description);
        }

        if (isTerminal && !parsed.GetValue(Plain))
        {
            new FullScreenSession(board, screen.FullName, serial?.Description).Run(cancellation);
        }
        else
        {
            new PlainSession(board, screen.FullName).Run(showsSerial: serial == null, cancellation);
        }

        if (parsed.GetResult(Screen) is { Implicit: false })
        {
            ScreenFile.Save(board, screen.FullName);
        }
    }

    private static ISerialLine? OpenSerial(VirtualDevKit board, string where) => where switch
    {
        "terminal" => null,
        "pty" => new PtySerialLine(board),
        _ => new TcpSerialLine(board, int.Parse(where.AsSpan(TcpPrefix.Length), CultureInfo.InvariantCulture)),
    };

    private static BoardOptions ReadOptions(ParseResult parsed)
    {
        BoardOptions options = new()
        {
            Folder = parsed.GetRequiredValue(Folder).FullName,
            Image = parsed.GetValue(Image),
            CloudEndPoint = parsed.GetValue(Cloud),
            ImageFile = parsed.GetValue(Application)?.FullName,
        };
        string[] networks = parsed.GetValue(Wifi) ?? [];
        return networks.Length == 0
            ? options
            : options with { WifiNetworks = networks.Select(n => n.Split(':', 2)).ToDictionary(n => n[0], n => n[1]) };
    }

    private static void CheckSerial(OptionResult result)
    {
        foreach (string value in result.Tokens.Select(token => token.Value))
        {
            bool isTcp = value.StartsWith(TcpPrefix, StringComparison.Ordinal) && ushort.TryParse(value.AsSpan(TcpPrefix.Length), out _);
            if (value is not ("terminal" or "pty") && !isTcp)
            {
                result.AddError($"--serial {value}: write terminal, pty, or tcp:PORT with a port from 0 to 65535.");
            }
        }
    }

    private static void CheckPort(OptionResult result)
    {
        foreach (string value in result.Tokens.Select(token => token.Value))
        {
            if (!ushort.TryParse(value, out _))
            {
                result.AddError($"{result.IdentifierToken?.Value} {value}: write a TCP port from 0 (any free one) to 65535.");
            }
        }
    }

    private static void CheckWifi(OptionResult result)
    {
        foreach (string value in result.Tokens.Select(token => token.Value))
        {
            if (value.IndexOf(':', StringComparison.Ordinal) < 1)
            {
                result.AddError($"--wifi {value}: write NAME:PASSWORD, for an open network NAME: with nothing behind the colon.");
            }
        }
    }

    private static void CheckCloud(OptionResult result)
    {
        foreach (string value in result.Tokens.Select(token => token.Value))
        {
            if (!IPEndPoint.TryParse(value, out IPEndPoint? endPoint) || endPoint.Port == 0)
            {
                result.AddError($"--cloud {value}: write ADDRESS:PORT, such as 127.0.0.1:8883.");
            }
        }
    }
}
