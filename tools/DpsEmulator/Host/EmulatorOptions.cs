using System.Net;
using System.Text.RegularExpressions;
using DevKit.DpsEmulator.Dps;
using DevKit.Platform;

namespace DevKit.DpsEmulator.Host;

/// <summary>How an emulator is to run.</summary>
public sealed partial record EmulatorOptions
{
    /// <summary>The name of the DPS that every device knows.</summary>
    public const string GlobalEndpoint = DpsService.GlobalEndpoint;

    /// <summary>The hub's name unless told otherwise.</summary>
    public const string DefaultHubName = "devkit-emulator.azure-devices.net";

    /// <summary>The name of the DPS's own endpoint unless told otherwise.</summary>
    public const string DefaultProvisioningHost = "devkit-emulator.azure-devices-provisioning.net";

    /// <summary>The data folder unless told otherwise.</summary>
    public static string DefaultDataFolder { get; } = LocalCloud.DefaultFolder;

    /// <summary>Where certificates, keys and the database are kept; made when it is not there.</summary>
    public string DataFolder { get; init; } = DefaultDataFolder;

    /// <summary>Where MQTT over TLS is served; port 0 takes any free one.</summary>
    public IPEndPoint Mqtt { get; init; } = new(IPAddress.Loopback, 8883);

    /// <summary>Where HTTPS, and MQTT over WebSockets with it, is served; port 0 takes any free one.</summary>
    public IPEndPoint Https { get; init; } = new(IPAddress.Loopback, 8443);

    /// <summary>Where the page and the REST API are served; port 0 takes any free one.</summary>
    public IPEndPoint Http { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>The hubs' DNS names; the first one is where devices are assigned to when nothing says otherwise.</summary>
    public IReadOnlyList<string> HubNames { get; init; } = [DefaultHubName];

    /// <summary>The DNS name of the DPS's own endpoint, where its REST is.</summary>
    public string ProvisioningHost { get; init; } = DefaultProvisioningHost;

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

        ValidateHubNames();
        if (!HostName().IsMatch(ProvisioningHost) || ProvisioningHost.Length > 253)
        {
            throw new EmulatorException($"--dps {ProvisioningHost}: not a DNS name such as {DefaultProvisioningHost}.");
        }

        if (IdScope is not null && !IsIdScope(IdScope))
        {
            throw new EmulatorException($"--id-scope {IdScope}: an ID scope is 0ne and 8 hex digits in upper case, such as 0ne0012A4F7.");
        }

        if (AssignDelay < TimeSpan.Zero || AssignDelay > TimeSpan.FromHours(1))
        {
            throw new EmulatorException($"--assign-delay {AssignDelay.TotalSeconds}: give 0 to 3600 seconds.");
        }
    }

    private void ValidateHubNames()
    {
        if (HubNames.Count == 0)
        {
            throw new EmulatorException($"There is no hub: name one with --hub, such as {DefaultHubName}.");
        }

        foreach (string name in HubNames)
        {
            if (!HostName().IsMatch(name) || name.Length > 253)
            {
                throw new EmulatorException($"--hub {name}: not a DNS name such as {DefaultHubName}.");
            }

            if (HubNames.Count(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1)
            {
                throw new EmulatorException($"--hub {name}: this hub is named twice.");
            }
        }
    }

    /// <summary>Whether a text is an ID scope.</summary>
    internal static bool IsIdScope(string text) => IdScopeForm().IsMatch(text);

    [GeneratedRegex("^0ne[0-9A-F]{8}\\z")]
    private static partial Regex IdScopeForm();

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$")]
    private static partial Regex HostName();
}
