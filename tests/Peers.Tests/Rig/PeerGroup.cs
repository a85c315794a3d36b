using System.Reflection;
using System.Text.Json.Nodes;

namespace DevKit.Peers.Tests.Rig;

/// <summary>
/// Scenarios that run together, once, whichever test asks first: a process and an emulator cost more than a scenario does.
/// </summary>
/// <param name="testClass">The class whose data rows say what each scenario has to see.</param>
/// <param name="program">Whose program it is, with its version, for the table in docs/emulator.md.</param>
/// <param name="run">Runs them all.</param>
internal sealed class PeerGroup(Type testClass, Func<string> program, Func<Task<IReadOnlyList<ScenarioResult>>> run)
{
    private readonly Lazy<Task<IReadOnlyList<ScenarioResult>>> _results = new(() => Task.Run(run));

    internal string Program => program();

    /// <summary>The scenarios whose outcome a test compares.</summary>
    internal IEnumerable<string> Expected => testClass.GetMethods()
        .SelectMany(method => method.GetCustomAttributes<DataRowAttribute>())
        .Select(row => (string)row.Data[0]!);

    internal Task<IReadOnlyList<ScenarioResult>> GetResultsAsync() => _results.Value;

    /// <summary>Compares what a scenario saw with what it has to see, both JSON.</summary>
    internal async Task AssertSawAsync(string scenario, string expected)
    {
        IReadOnlyList<ScenarioResult> results = await GetResultsAsync();
        ScenarioResult? result = results.SingleOrDefault(one => one.Scenario == scenario);
        Assert.IsNotNull(result, $"\"{scenario}\" did not run. These did: {string.Join("; ", results.Select(one => one.Scenario))}");
        Assert.IsNull(result.Error);
        string saw = result.Saw!.ToJsonString();
        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(expected), result.Saw), $"It saw\n{saw}\nand not\n{expected}");
    }
}
