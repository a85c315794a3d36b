using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DevKit.Bench.Work;
using DevKit.CertGen;

namespace DevKit.Bench.Fleets;

/// <summary>How fast <c>certgen batch</c> makes the certificates of a fleet, and what it holds of memory meanwhile.</summary>
/// <param name="Rows">The boards of the fleet.</param>
/// <param name="Time">How long it took, the start of the program apart.</param>
/// <param name="Again">How long the same command took when all was there.</param>
/// <param name="Live">The most managed memory that was in use at once, bytes, sampled behind full collections.</param>
public sealed record BatchBenchmark(int Rows, TimeSpan Time, TimeSpan Again, long Live)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Certificates a minute.</summary>
    public double Rate => Rows / Time.TotalMinutes;

    /// <summary>Measures a fleet of 1,000 boards and one of another size, and prints both as a table.</summary>
    /// <param name="rows">How many boards the other has.</param>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static async Task PrintAsync(int rows)
    {
        // What is loaded and compiled once is no part of either.
        await RunAsync(300);
        BatchBenchmark few = await RunAsync(1000), many = await RunAsync(rows);
        Console.WriteLine("| boards | certificates a minute | the same again, all there | managed memory in use |");
        Console.WriteLine("| ---: | ---: | ---: | ---: |");
        foreach (BatchBenchmark one in new[] { few, many })
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {one.Rows:N0} | {one.Rate:N0} | {one.Rows / one.Again.TotalMinutes:N0} | {one.Live / 1024:N0} KiB |"));
        }

        double ratio = (double)many.Live / few.Live;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Memory at {many.Rows:N0} boards to that at 1,000: {ratio:F2}"));
    }

    /// <summary>Runs the command line over a table of random boards, in a folder that is removed again.</summary>
    /// <param name="rows">How many boards.</param>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static async Task<BatchBenchmark> RunAsync(int rows)
    {
        string folder = Directory.CreateTempSubdirectory("certgen-bench-").FullName;
        try
        {
            string table = Path.Combine(folder, "fleet.csv"), image = Path.Combine(folder, "image.pe");
            WriteTable(table, rows);
            await File.WriteAllBytesAsync(image, Samples.Bytes(32 * 1024));
            string[] args = ["batch", table, "--image", image, "--out", Path.Combine(folder, "out")];
            (TimeSpan time, long live) = await MeasureAsync(args);
            (TimeSpan again, _) = await MeasureAsync(args);
            return new BatchBenchmark(rows, time, again, live);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(TimeSpan Time, long Live)> MeasureAsync(string[] args)
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        Task<int> run = CertGenCommand.RunAsync(args, TextReader.Null, TextWriter.Null, error);
        long live = 0;
        while (await Task.WhenAny(run, Task.Delay(Interval)) != run)
        {
            live = Math.Max(live, GC.GetTotalMemory(forceFullCollection: true));
        }

        return await run == 0 ? (watch.Elapsed, live) : throw new InvalidOperationException(error.ToString());
    }

    private static void WriteTable(string path, int rows)
    {
        using var writer = new StreamWriter(path, append: false, Encoding.UTF8);
        writer.WriteLine("registrationId,uds,deviceId,tags");
        for (int i = 0; i < rows; i++)
        {
            string uds = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"board-{i},{uds},device-{i},floor={i % 7}"));
        }
    }
}
