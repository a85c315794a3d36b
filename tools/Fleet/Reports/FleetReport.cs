using System.Globalization;
using DevKit.Fleet.Devices;
using Spectre.Console;

namespace DevKit.Fleet.Reports;

/// <summary>A run's result as a table and a few lines.</summary>
internal static class FleetReport
{
    private static readonly (Phase Phase, string Name)[] Phases =
    [
        (Phase.DpsHandshake, "TLS to DPS"),
        (Phase.Register, "register"),
        (Phase.HubHandshake, "TLS to the hub"),
        (Phase.Connect, "connect"),
        (Phase.Send, "send"),
    ];

    internal static void Write(IAnsiConsole console, FleetResult result)
    {
        Table table = new Table().AddColumn("phase");
        foreach (string column in new[] { "devices", "median", "99th percentile" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach ((Phase phase, string name) in Phases)
        {
            table.AddRow(
                name,
                result.Times.Count(phase).ToString(CultureInfo.InvariantCulture),
                Milliseconds(result.Times.Percentile(phase, 0.5)),
                Milliseconds(result.Times.Percentile(phase, 0.99)));
        }

        if (result.Queries is { } queries)
        {
            table.AddRow(
                "page and queries",
                queries.Count.ToString(CultureInfo.InvariantCulture),
                Milliseconds(queries.Percentile(0.5)),
                Milliseconds(queries.Percentile(0.99)));
        }

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{result.Devices} devices joined in {result.Joining.TotalSeconds:0.0} s; lost: {result.Lost}"));
        foreach ((string reason, int count) in result.Failures.OrderByDescending(failure => failure.Value))
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count} x {reason}"));
        }

        if (result.ProcessorPerDevice is { } processor && result.MemoryPerDevice is { } memory)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The emulator's process, for each device: {processor.TotalMilliseconds:0.0} ms of processor time to join, "
                + $"{memory / 1024:0} KB of memory while it stays"));
        }
    }

    private static string Milliseconds(TimeSpan? time) =>
        time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalMilliseconds:0.0} ms") : "";
}
