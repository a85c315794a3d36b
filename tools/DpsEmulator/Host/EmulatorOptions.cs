using System.Net;
using System.Text.RegularExpressions;
using DevKit.DpsEmulator.Dps;

namespace DevKit.DpsEmulator.Host;

/// <summary>How an emulator is to run.</summary>
public sealed partial record EmulatorOptions
{
    /// <summary>The name of the DPS that every device knows.</summary>
    public const string GlobalEndpoint = DpsService.GlobalEndpoint;

    /// <summary>The hub's name unless told otherwise.</summary>
    public const string DefaultHubName = "devkit-emulator.azure-devices.net";

    /// <summary>The data folder unless told otherwise: <c>devkit-emulator</c> in the user's folder for local application data.</summary>
    public static string DefaultDataFolder { get; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "devkit-emulator");

    /// <summary>Where certificates, keys and the database are kept; made when it is not there.</summary>
    public string DataFolder { get; init; } = DefaultDataFolder;

    /// <summary>Where MQTT over TLS is served; port 0 takes any free one.</summary>
    public IPEndPoint Mqtt { get; init; } = new(IPAddress.Loopback, 8883);

    /// <summary>Where the page and the REST API are served; port 0 takes any free one.</summary>
    public IPEndPoint Http { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>The hub's DNS name, which devices are assigned to.</summary>
    public string HubName { get; init; } = DefaultHubName;

    /// <summary>The ID scope, or null for the one that the data folder keeps.</summary>
    public string? IdScope { get; init; }

    /// <summary>How long a registration stays in status <c>assigning</c>.</summary>
    public TimeSpan AssignDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Takes a line for each event, or null for none.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>The clock for keep-alive, registration and dates.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="EmulatorException">A value is not allowed; the message names it and the option.</exception>
    internal void Validate()
    {
        if (DataFolder.Length == 0 || !Path.IsPathRooted(Path.GetFullPath(DataFolder)))
        {
            throw new EmulatorException("There is no folder for data of this user: name one with --data DIR.");
        }

        if (!HostName().IsMatch(HubName) || HubName.Length > 253)
        {
            throw new EmulatorException($"--hub {HubName}: not a DNS name such as {DefaultHubName}.");
        }

        if (IdScope is not null && !IdScopeForm().IsMatch(IdScope))
        {
            throw new EmulatorException($"--id-scope {IdScope}: an ID scope is 0ne and 8 hex digits in upper case, such as 0ne0012A4F7.");
        }

        if (AssignDelay < TimeSpan.Zero || AssignDelay > TimeSpan.FromHours(1))
        {
            throw new EmulatorException($"--assign-delay {AssignDelay.TotalSeconds}: give 0 to 3600 seconds.");
        }
    }

    [GeneratedRegex("^0ne[0-9A-F]{8}$")]
    private static partial Regex IdScopeForm();

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$")]
    private static partial Regex HostName();
}
