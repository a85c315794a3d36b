using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using DevKit.Dice;
using DevKit.Dps.Tests.Support;
using DevKit.DpsEmulator.Host;
using DevKit.Support.Machines;
using DevKit.Support.Screens;
using static DevKit.Dps.Tests.Support.ApplicationRig;

namespace DevKit.Dps.Tests;

/// <summary>What the way to the first telemetry takes of the network, as docs/startup.md has it.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class StartUpTests : IDisposable
{
    /// <summary>Signatures and identifiers differ in length from run to run, and an answer may come a moment later.</summary>
    private const double Tolerance = 0.1;

    private readonly ApplicationRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [TestMethod]
    public async Task The_counts_of_the_page_are_those_of_a_run()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        ConcurrentQueue<RecordingStream> connections = new();
        Func<string, int, Stream> open = machine.OpenConnection!;
        machine.OpenConnection = (host, port) =>
        {
            RecordingStream connection = new(open(host, port));
            connections.Enqueue(connection);
            return connection;
        };
        DiceCredential identity = MakeIdentity("image");
        await EnrollAsync(cloud, identity);
        RunApplication(machine, identity, Settings("IdScope=" + cloud.IdScope));
        machine.WaitForSent("Hub: sent {\"message\":1,");
        RecordingStream[] counted = [.. connections];
        string page = File.ReadAllText(Path.Combine(ScreenPictures.Folder, "..", "startup.md"));
        Assert.HasCount(2, counted);
        AssertRow(page, "provisioning service", counted[0]);
        AssertRow(page, "hub", counted[1]);
    }

    [GeneratedRegex(@"\| (.*?) \| (\d+) \| ([\d,]+) \| ([\d,]+) \|")]
    private static partial Regex Row();

    private static void AssertRow(string page, string name, RecordingStream counted)
    {
        string told = $"{name}: {counted.RoundTrips} round trips, {counted.Sent.Length} bytes sent, {counted.ReceivedBytes} received";
        Match row = Row().Matches(page).Single(match => match.Groups[1].Value == name);
        Assert.AreEqual(Number(row.Groups[2]), counted.RoundTrips, told);
        Assert.AreEqual(Number(row.Groups[3]), counted.Sent.Length, Number(row.Groups[3]) * Tolerance, told);
        Assert.AreEqual(Number(row.Groups[4]), counted.ReceivedBytes, Number(row.Groups[4]) * Tolerance, told);

        static long Number(Group group) => long.Parse(group.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}
