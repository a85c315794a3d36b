using System.Reflection;
using DevKit.Peers.Tests.Rig;

namespace DevKit.Peers.Tests;

/// <summary>The table of scenarios in docs/emulator.md is what ran. Set UPDATE_PEERS=1 to write it anew.</summary>
[TestClass]
public sealed class TableTests
{
    private const string Variable = "UPDATE_PEERS";
    private const string Head = "| program | scenario |\n| --- | --- |\n";

    private static readonly PeerGroup[] Groups =
    [
        DeviceSdkTests.Group,
        ProvisioningServiceSdkTests.Group,
        HubServiceSdkTests.Group,
        MqttJsTests.Group,
        MosquittoTests.Group,
        PahoTests.Group,
        MqttNetTests.Group,
    ];

    private static string Page { get; } = typeof(TableTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "EmulatorPage").Value!;

    [TestMethod]
    public async Task The_page_lists_the_scenarios_that_ran()
    {
        List<string> rows = [];
        foreach (PeerGroup group in Groups)
        {
            IReadOnlyList<ScenarioResult> results = await group.GetResultsAsync();
            rows.AddRange(results.Where(result => result.Error is null).Select(result => $"| {group.Program} | {result.Scenario} |\n"));
        }

        string page = await File.ReadAllTextAsync(Page);
        int start = page.IndexOf(Head, StringComparison.Ordinal);
        Assert.IsGreaterThan(0, start, $"{Page} has no table that begins with\n{Head}");
        start += Head.Length;
        int end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        string table = string.Concat(rows);
        if (Environment.GetEnvironmentVariable(Variable) is "1")
        {
            await File.WriteAllTextAsync(Page, page[..start] + table + page[end..]);
            return;
        }

        Assert.AreEqual(table, page[start..end], $"Run the tests with {Variable}=1 and look at what changes.");
    }

    [TestMethod]
    public async Task Every_scenario_is_compared_with_what_it_has_to_see()
    {
        foreach (PeerGroup group in Groups)
        {
            IReadOnlyList<ScenarioResult> results = await group.GetResultsAsync();
            CollectionAssert.AreEquivalent(group.Expected.ToArray(), results.Select(result => result.Scenario).ToArray());
        }
    }
}
