using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using DevKit.Platform;
using DevKit.Sim.Board;

namespace DevKit.Sim.Commands;

/// <summary>The options of a board that runs for a user, and what is wrong with them.</summary>
internal static class RunOptions
{
    public const string TerminalSerial = "terminal";
    public const string PtySerial = "pty";
    public const string PublishedImage = "published";
    private const string TcpPrefix = "tcp:";
    private const string NoCloud = "none";
    private const string NetworkImage = "network";

    public static readonly Option<DirectoryInfo> Folder = new("--board")
    {
        Description = "the folder that keeps the board between runs; a new one is a factory-fresh board",
        DefaultValueFactory = _ => new DirectoryInfo(BoardFolder.DefaultPath),
        HelpName = "DIR",
    };

    public static readonly Option<string> Image = new("--nanoclr")
    {
        Description = "the nanoCLR image on the board: network (all there is), console (no network) or published (no serial port either)",
        DefaultValueFactory = _ => NetworkImage,
        HelpName = "network|console|published",
    };

    public static readonly Option<string[]> Wifi = new("--wifi")
    {
        Description = "a Wi-Fi network in reach; may be given several times "
            + $"[default: {BoardOptions.DefaultSsid}:{BoardOptions.DefaultPassword}]",
        HelpName = "NAME:PASSWORD",
    };

    public static readonly Option<string?> Cloud = new("--cloud")
    {
        Description = "where the names of Azure's services lead, such as 127.0.0.1:8883; none for where DNS says "
            + "[default: the local cloud, if it runs]",
        HelpName = $"ADDRESS:PORT|{NoCloud}",
    };

    public static readonly Option<FileInfo> Ca = new("--ca")
    {
        Description = "a CA certificate to store in the board's configuration block, as Visual Studio or nanoff do",
        HelpName = "PEM FILE",
    };

    public static readonly Option<FileInfo> Application = new("--image")
    {
        Description = "an application image to run in place of the one that Boot carries",
        HelpName = "FILE",
    };

    public static readonly Option<bool> HoldA = new("--hold-a")
    {
        Description = "hold button A while the board is plugged in, until the firmware has seen it: configuration mode",
    };

    public static readonly Option<string> Serial = new("--serial")
    {
        Description = "where the serial port goes: this terminal, a pseudo-terminal for a serial monitor (Linux, macOS), "
            + "or raw TCP on this PC (PuTTY)",
        DefaultValueFactory = _ => TerminalSerial,
        HelpName = "terminal|pty|tcp:PORT",
    };

    public static readonly Option<bool> Plain = new("--plain")
    {
        Description = "no full-screen view; without a terminal there is none anyway",
    };

    public static readonly Option<FileInfo> Screen = new("--screen")
    {
        Description = "where Ctrl+S and the session's end save the OLED's picture; when it is not given, Ctrl+S saves to devkit-screen.png",
        HelpName = "PNG FILE",
    };

    public static readonly Option<ushort?> I2c = new("--i2c")
    {
        Description = "a TCP port on loopback that carries the I2C bus to other programs (docs/virtual-chip.md); 0 takes a free one",
        HelpName = "PORT",
        CustomParser = ParsePort,
    };

    static RunOptions()
    {
        Image.Validators.Add(result => Validate(result, value => ParseImage(value) != null, "write network, console or published"));
        const string SerialRemedy = "write terminal, pty, or tcp:PORT with a port from 0 (any free one) to 65535";
        Serial.Validators.Add(result => Validate(result, IsSerial, SerialRemedy));
        const string CloudRemedy = "write ADDRESS:PORT with an IP address, such as 127.0.0.1:8883, or none";
        Cloud.Validators.Add(result => Validate(result, value => value == NoCloud || IsEndPoint(value), CloudRemedy));
        Wifi.Validators.Add(ValidateWifi);
        const string CaRemedy =
            "there is no such file; name a CA certificate in PEM form (the local cloud makes its own when it first starts: "
            + "start it, then this)";
        Ca.Validators.Add(result => Validate(result, File.Exists, CaRemedy));
        Application.Validators.Add(result => Validate(result, File.Exists, "there is no such file; name an application image"));
        Screen.Validators.Add(result => Validate(result, HasFolder, "there is no such folder; name a file in one that exists"));
    }

    /// <summary>Refuses options that contradict each other.</summary>
    public static void ValidateTogether(CommandResult result)
    {
        string? image = result.GetValue(Image);
        if (result.GetResult(Application) is { Implicit: false } && image is not (null or NetworkImage))
        {
            result.AddError($"--image goes with --nanoclr network: the build for the {image} image carries no application.");
        }

        if (result.GetResult(Serial) is { Implicit: false } && image == PublishedImage)
        {
            result.AddError(
                $"--serial {result.GetValue(Serial)}: the published image has no serial port; leave --serial out, "
                    + "or choose --nanoclr network or console.");
        }
    }

    /// <summary>The local cloud that runs by itself, for a board with a network whose options name no cloud; else null.</summary>
    public static LocalCloud? FindLocalCloud(ParseResult parsed) =>
        parsed.GetValue(Cloud) == null && parsed.GetRequiredValue(Image) == NetworkImage ? LocalCloud.Find(LocalCloud.DefaultFolder) : null;

    /// <summary>The board that the options describe.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="local">The local cloud that it finds, or null.</param>
    /// <exception cref="IOException">The local cloud's CA can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The local cloud's CA may not be read.</exception>
    public static BoardOptions ReadBoard(ParseResult parsed, LocalCloud? local)
    {
        BoardOptions options = new()
        {
            Folder = parsed.GetRequiredValue(Folder).FullName,
            Image = ParseImage(parsed.GetRequiredValue(Image))!.Value,
            CloudEndPoint = local?.Mqtt ?? (parsed.GetValue(Cloud) is { } named && named != NoCloud ? named : null),
            CloudCa = local == null ? null : File.ReadAllText(local.CaFile),
            ImageFile = parsed.GetValue(Application)?.FullName,
        };
        string[] networks = parsed.GetValue(Wifi) ?? [];
        return networks.Length == 0
            ? options
            : options with { WifiNetworks = networks.Select(n => n.Split(':', 2)).ToDictionary(n => n[0], n => n[1]) };
    }

    /// <summary>The TCP port of the serial line, or null when it goes elsewhere.</summary>
    public static int? ReadSerialPort(string serial) => serial.StartsWith(TcpPrefix, StringComparison.Ordinal)
        ? int.Parse(serial.AsSpan(TcpPrefix.Length), CultureInfo.InvariantCulture)
        : null;

    private static NanoClrImage? ParseImage(string name) => name switch
    {
        NetworkImage => NanoClrImage.Network,
        "console" => NanoClrImage.Console,
        PublishedImage => NanoClrImage.Published,
        _ => null,
    };

    private static bool IsSerial(string value) =>
        value is TerminalSerial or PtySerial
        || (value.StartsWith(TcpPrefix, StringComparison.Ordinal) && IsPort(value[TcpPrefix.Length..]));

    private static bool IsPort(string value) => ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsEndPoint(string value) => IPEndPoint.TryParse(value, out IPEndPoint? endPoint) && endPoint.Port != 0;

    private static bool HasFolder(string file) =>
        !Directory.Exists(file) && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)));

    private static ushort? ParsePort(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        if (!IsPort(value))
        {
            result.AddError($"--i2c {value}: write a TCP port from 0 (any free one) to 65535.");
            return null;
        }

        return ushort.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static void ValidateWifi(OptionResult result)
    {
        const string Remedy = "write NAME:PASSWORD, for an open network NAME: with nothing behind the colon";
        Validate(result, value => value.IndexOf(':', StringComparison.Ordinal) > 0, Remedy);
        string? twice = result.Tokens.GroupBy(token => token.Value.Split(':')[0]).FirstOrDefault(names => names.Count() > 1)?.Key;
        if (twice != null)
        {
            result.AddError($"--wifi {twice}: this network is given twice; give each once.");
        }
    }

    private static void Validate(OptionResult result, Func<string, bool> isRight, string remedy)
    {
        foreach (string value in result.Tokens.Select(token => token.Value).Where(value => value.Length == 0 || !isRight(value)))
        {
            result.AddError($"{result.Option.Name} {value}: {remedy}.");
        }
    }
}
