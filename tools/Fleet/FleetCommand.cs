using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DevKit.CommandLine;
using DevKit.Fleet.Reports;
using DevKit.Fleet.Servers;
using Spectre.Console;

namespace DevKit.Fleet;

/// <summary>The command line: many virtual devices against one cloud.</summary>
internal static class FleetCommand
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int RedirectedWidth = 140;

    private static readonly Option<int> Devices = Number("--devices", "How many devices there are.", new FleetOptions().Devices);

    private static readonly Option<int> Parallel = Number("--parallel", "How many of them join at a time.", new FleetOptions().Parallel);

    private static readonly Option<int> Stay = Number(
        "--stay", "How many seconds all stay connected when the last has joined.", new FleetOptions().Stay);

    private static readonly Option<int> Enrollments = Number(
        "--enrollments",
        "How many enrollments there are beside the devices'; what the page and queries take is measured then.",
        new FleetOptions().Enrollments);

    private static readonly Option<string?> Cloud = Text(
        "--cloud",
        $"HOST:PORT|{FleetOptions.LocalCloudName}",
        "A cloud that runs already (MQTT over TLS), or the emulator on this machine. Without it one is started, in a process of its own.");

    private static readonly Option<string?> Ca = Text("--ca", "FILE", "With --cloud: the CA certificate to trust (PEM).");

    private static readonly Option<string?> IdScope = Text("--id-scope", "0neXXXXXXXX", "With --cloud: the ID scope of its DPS.");

    private static readonly Option<string?> Api = Text("--api", "URL", "With --cloud: the emulator's page, where devices are enrolled.");

    private static readonly Option<bool> CompareMosquitto = new("--compare-mosquitto")
    {
        Description = "Measure Mosquitto with TLS and client certificates on this machine too.",
    };

    /// <summary>Runs a fleet.</summary>
    /// <param name="args">Options.</param>
    /// <param name="output">Progress and results.</param>
    /// <param name="error">Refusals, a line each.</param>
    /// <returns>0 when no device was lost; else, or when the input was refused, 1.</returns>
    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var command = new RootCommand("Many virtual devices, each with its own secret, that register, connect, send and stay.")
        {
            Devices, Parallel, Stay, Enrollments, Cloud, Ca, IdScope, Api, CompareMosquitto,
        };
        command.SetAction((parsed, cancellation) => RunAsync(ReadOptions(parsed), output, cancellation));
        return await CommandRunner.RunAsync(command, args, output, error);
    }

    private static async Task<int> RunAsync(FleetOptions options, TextWriter output, CancellationToken cancellation)
    {
        options.Validate();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            // Nothing breaks lines there.
            console.Profile.Width = RedirectedWidth;
        }

        await using ICloud cloud = options.Cloud is null
            ? await LocalEmulator.StartAsync(cancellation)
            : RunningCloud.Open(options);
        using var fleet = new FleetRun(options, cloud, console);
        FleetResult result = await fleet.RunAsync(cancellation);
        FleetReport.Write(console, result);
        if (options.CompareMosquitto)
        {
            await HandshakeComparison.RunAsync((LocalEmulator)cloud, options.Parallel, console, cancellation);
        }

        return result.Lost == 0 ? Success : Failure;
    }

    private static FleetOptions ReadOptions(ParseResult parsed) => new()
    {
        Devices = parsed.GetRequiredValue(Devices),
        Parallel = parsed.GetRequiredValue(Parallel),
        Stay = parsed.GetRequiredValue(Stay),
        Enrollments = parsed.GetRequiredValue(Enrollments),
        Cloud = parsed.GetValue(Cloud),
        Ca = parsed.GetValue(Ca),
        IdScope = parsed.GetValue(IdScope),
        Api = parsed.GetValue(Api),
        CompareMosquitto = parsed.GetValue(CompareMosquitto),
    };

    private static Option<int> Number(string name, string description, int standard) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            {
                argument.AddError($"{name} {text}: give a whole number.");
            }

            return value;
        },
    };

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };
}
