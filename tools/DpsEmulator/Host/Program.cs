using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using DevKit.CommandLine;
using DevKit.DpsEmulator.Certificates;

namespace DevKit.DpsEmulator.Host;

/// <summary>The command line.</summary>
public static class Program
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder for certificates, keys and the database.",
        HelpName = "DIR",
        DefaultValueFactory = _ => EmulatorOptions.DefaultDataFolder,
        CustomParser = ParseFolder,
    };

    private static readonly Option<IPEndPoint> Mqtt = Endpoint("--mqtt", "Where MQTT over TLS is served.", new EmulatorOptions().Mqtt);

    private static readonly Option<IPEndPoint> Https =
        Endpoint("--https", "Where HTTPS and MQTT over WebSockets are served.", new EmulatorOptions().Https);

    private static readonly Option<IPEndPoint> Http =
        Endpoint("--http", "Where the page and the REST API are served.", new EmulatorOptions().Http);

    private static readonly Option<string[]> Hub = new("--hub")
    {
        Description = "DNS name of the hub that devices are assigned to; may be given several times.",
        HelpName = "NAME",
        DefaultValueFactory = _ => [EmulatorOptions.DefaultHubName],
    };

    private static readonly Option<string> Dps = new("--dps")
    {
        Description = "DNS name of the DPS's own endpoint, where its REST is.",
        HelpName = "NAME",
        DefaultValueFactory = _ => EmulatorOptions.DefaultProvisioningHost,
    };

    private static readonly Option<string?> IdScope = new("--id-scope")
    {
        Description = "ID scope of this DPS; without it, one is made on first start and kept.",
        HelpName = "0neXXXXXXXX",
    };

    private static readonly Option<double> AssignDelay = new("--assign-delay")
    {
        Description = "How long a registration stays 'assigning', in seconds.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => new EmulatorOptions().AssignDelay.TotalSeconds,
        CustomParser = ParseAssignDelay,
    };

    /// <summary>Runs an emulator until Ctrl+C.</summary>
    /// <param name="args">The options; <c>--help</c> lists them.</param>
    /// <returns>0, or 1 when it could not start.</returns>
    public static Task<int> Main(string[] args)
    {
        var command = new RootCommand("Azure's Device Provisioning Service and an IoT hub on this machine, for the DevKit.")
        {
            Data, Mqtt, Https, Http, Dps, Hub, IdScope, AssignDelay,
        };
        command.SetAction(RunAsync);
        return CommandRunner.RunAsync(command, args, Console.Out, Console.Error);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            string folder = Path.GetFullPath(parsed.GetRequiredValue(Data));
            var options = new EmulatorOptions
            {
                DataFolder = folder,
                Mqtt = parsed.GetRequiredValue(Mqtt),
                Https = parsed.GetRequiredValue(Https),
                Http = parsed.GetRequiredValue(Http),
                ProvisioningHost = parsed.GetRequiredValue(Dps),
                HubNames = parsed.GetRequiredValue(Hub),
                IdScope = parsed.GetValue(IdScope),
                AssignDelay = TimeSpan.FromSeconds(parsed.GetRequiredValue(AssignDelay)),
                Log = Console.WriteLine,
            };
            await using EmulatorHost host = await EmulatorHost.StartAsync(options, cancellationToken);
            PrintAddresses(host, folder);
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return CommandRunner.Success;
        }
        catch (EmulatorException error)
        {
            throw new CommandException(error.Message);
        }
    }

    private static void PrintAddresses(EmulatorHost host, string folder)
    {
        Console.WriteLine($"DPS emulator {EmulatorHost.Version}");
        Console.WriteLine($"  Page      {host.HttpAddress}");
        Console.WriteLine($"  MQTT      {host.MqttEndPoint} (TLS)");
        Console.WriteLine($"  HTTPS     {host.HttpsEndPoint} (REST, MQTT over WebSockets)");
        Console.WriteLine($"  ID scope  {host.IdScope}");
        Console.WriteLine($"  CA        {Path.Combine(folder, CertificateAuthority.CertificateFile)}");
        foreach (string connection in host.ConnectionStrings)
        {
            Console.WriteLine($"  {connection}");
        }

        Console.WriteLine("Ctrl+C ends it.");
    }

    private static Option<IPEndPoint> Endpoint(string name, string description, IPEndPoint standard) => new(name)
    {
        Description = $"{description} Port 0 takes any free one.",
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = _ => standard,
        CustomParser = result => ParseEndpoint(result, name, standard),
    };

    private static string ParseFolder(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text.Length == 0)
        {
            result.AddError("--data is empty: name a folder with --data DIR.");
        }

        return text;
    }

    private static double ParseAssignDelay(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            || seconds is not (>= 0 and <= 3600))
        {
            result.AddError($"--assign-delay {text}: give 0 to 3600 seconds.");
        }

        return seconds;
    }

    private static IPEndPoint ParseEndpoint(ArgumentResult result, string name, IPEndPoint standard)
    {
        string text = result.Tokens[0].Value;
        if (!Endpoints.TryParse(text, out IPEndPoint endpoint))
        {
            string example = string.Create(CultureInfo.InvariantCulture, $"{standard} or [::1]:{standard.Port}");
            result.AddError($"{name} {text}: give an IP address and a port, such as {example}.");
        }

        return endpoint;
    }
}
