using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DevKit.Fleet.Devices;
using DevKit.Fleet.Reports;
using DevKit.Fleet.Servers;
using Spectre.Console;

namespace DevKit.Fleet;

/// <summary>One run: identities, enrollments, all join, all stay, all go.</summary>
internal sealed class FleetRun(FleetOptions options, ICloud cloud, IAnsiConsole console) : IDisposable
{
    /// <summary>
    /// Devices that come and go before the others, in no figure: what a server compiles and sets up for its first devices is not the cost
    /// of one more.
    /// </summary>
    private const int ScoutCount = 16;

    private readonly string _name = $"fleet-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    private readonly DeviceIdentity[] _identities = new DeviceIdentity[ScoutCount + options.Devices];

    public void Dispose()
    {
        foreach (DeviceIdentity? identity in _identities)
        {
            identity?.Dispose();
        }
    }

    internal Task<FleetResult> RunAsync(CancellationToken cancellation) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async progress =>
        {
            await ForEachAsync(progress, "Derive identities", _identities.Length, Environment.ProcessorCount, (i, _) =>
            {
                _identities[i] = DeviceIdentity.Create(_name, i);
                return ValueTask.CompletedTask;
            }, cancellation);
            await EnrollAsync(progress, "Enroll", _identities.Select(Enrollments.OfDevice), _identities.Length, cancellation);
            await EnrollAsync(
                progress, "Fill", Enumerable.Range(0, options.Enrollments).Select(Enrollments.OfNobody), options.Enrollments, cancellation);
            await ScoutAsync(cancellation);
            return await RunDevicesAsync(progress, cancellation);
        });

    private async Task EnrollAsync(
        ProgressContext progress, string name, IEnumerable<JsonObject> documents, int count, CancellationToken cancellation)
    {
        if (count == 0)
        {
            return;
        }

        ProgressTask task = progress.AddTask(name, maxValue: count);
        using var enrollments = new Enrollments(cloud.Api);
        foreach (JsonObject[] some in documents.Chunk(Enrollments.Bulk))
        {
            await enrollments.AddAsync(some, cancellation);
            task.Increment(some.Length);
        }
    }

    private async Task ScoutAsync(CancellationToken cancellation)
    {
        foreach (DeviceIdentity identity in _identities[..ScoutCount])
        {
            await using var scout = new VirtualDevice(identity, cloud, new PhaseTimes());
            await scout.JoinAsync(cancellation);
            await scout.LeaveAsync(cancellation);
        }
    }

    private async Task<FleetResult> RunDevicesAsync(ProgressContext progress, CancellationToken cancellation)
    {
        var times = new PhaseTimes();
        VirtualDevice[] devices = [.. _identities[ScoutCount..].Select(identity => new VirtualDevice(identity, cloud, times))];
        try
        {
            ServerUsage? before = cloud.ReadUsage();
            var watch = Stopwatch.StartNew();
            using QueryLoad? queries = options.Enrollments > 0 ? new QueryLoad(cloud.Api, options.Enrollments) : null;
            using var asked = new CancellationTokenSource();
            Task asking = queries?.RunAsync(asked.Token) ?? Task.CompletedTask;
            await ForEachAsync(
                progress, "Join", devices.Length, options.Parallel, async (i, token) => await devices[i].JoinAsync(token), cancellation);
            TimeSpan joining = watch.Elapsed;
            await asked.CancelAsync();
            await asking;
            ServerUsage? joined = cloud.ReadUsage();
            await StayAsync(progress, cancellation);
            ServerUsage? stayed = cloud.ReadUsage();
            await ForEachAsync(
                progress, "Leave", devices.Length, options.Parallel, async (i, token) => await devices[i].LeaveAsync(token), cancellation);
            Dictionary<string, int> failures = devices.Where(device => device.Failure is not null)
                .GroupBy(device => device.Failure!).ToDictionary(same => same.Key, same => same.Count());
            return new FleetResult(devices.Length, times, failures, joining, before, joined, stayed, queries);
        }
        finally
        {
            foreach (VirtualDevice device in devices)
            {
                await device.DisposeAsync();
            }
        }
    }

    private async Task StayAsync(ProgressContext progress, CancellationToken cancellation)
    {
        ProgressTask task = progress.AddTask("Stay", maxValue: Math.Max(1, options.Stay));
        for (int second = 0; second < options.Stay; second++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            task.Increment(1);
        }

        task.Value = task.MaxValue;
    }

    private static async Task ForEachAsync(
        ProgressContext progress,
        string name,
        int count,
        int parallel,
        Func<int, CancellationToken, ValueTask> act,
        CancellationToken cancellation)
    {
        ProgressTask task = progress.AddTask(name, maxValue: count);
        var together = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation };
        await Parallel.ForAsync(0, count, together, async (i, token) =>
        {
            await act(i, token);
            task.Increment(1);
        });
    }
}
