using System.Globalization;
using DevKit.CommandLine;
using DevKit.Fleet.Servers;

namespace DevKit.Fleet;

/// <summary>What was given on the command line.</summary>
internal sealed record FleetOptions
{
    internal const int MaximumDevices = 20_000;
    internal const int MaximumParallel = 1000;
    internal const int MaximumEnrollments = 90_000;

    /// <summary>Well below the keep-alive that a hub keeps to, so that no device has to ping.</summary>
    internal const int MaximumStay = 1000;

    /// <summary>How many devices there are.</summary>
    internal int Devices { get; init; } = 100;

    /// <summary>How many of them join at a time.</summary>
    internal int Parallel { get; init; } = 16;

    /// <summary>How long all stay when the last has joined, seconds.</summary>
    internal int Stay { get; init; } = 5;

    /// <summary>How many enrollments there are beside the devices' own, in whole tens.</summary>
    internal int Enrollments { get; init; }

    /// <summary>Where a cloud is, <c>HOST:PORT</c>; null to start an emulator.</summary>
    internal string? Cloud { get; init; }

    /// <summary>With <see cref="Cloud"/>: the file of the CA to trust, PEM.</summary>
    internal string? Ca { get; init; }

    /// <summary>With <see cref="Cloud"/>: the ID scope of its DPS.</summary>
    internal string? IdScope { get; init; }

    /// <summary>With <see cref="Cloud"/>: where its REST API enrolls devices.</summary>
    internal string? Api { get; init; }

    /// <summary>Whether Mosquitto is measured beside the emulator.</summary>
    internal bool CompareMosquitto { get; init; }

    /// <summary>Refuses what cannot be, or contradicts itself.</summary>
    /// <exception cref="CommandException">The message names the option and its value.</exception>
    internal void Validate()
    {
        RequireRange("--devices", Devices, 1, MaximumDevices);
        RequireRange("--parallel", Parallel, 1, MaximumParallel);
        RequireRange("--stay", Stay, 0, MaximumStay);
        RequireRange("--enrollments", Enrollments, 0, MaximumEnrollments);
        if (Enrollments % Servers.Enrollments.Bulk != 0)
        {
            throw new CommandException($"--enrollments {Enrollments}: give whole tens; the service takes ten by one request.");
        }

        (string Name, string? Value)[] ofCloud = [("--ca", Ca), ("--id-scope", IdScope), ("--api", Api)];
        foreach ((string name, string? value) in ofCloud)
        {
            if ((value is null) != (Cloud is null))
            {
                throw new CommandException(Cloud is null
                    ? $"{name} {value}: that is of a cloud that runs already; name it with --cloud HOST:PORT."
                    : $"--cloud {Cloud}: give {name} too, or leave --cloud out to start an emulator.");
            }
        }

        if (Cloud is not null && CompareMosquitto)
        {
            throw new CommandException("--compare-mosquitto needs an emulator of its own on this machine: leave --cloud out.");
        }
    }

    private static void RequireRange(string option, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"{option} {value}: give {least} to {most}."));
        }
    }
}
