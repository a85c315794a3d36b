using System.Text.Json;
using System.Text.Json.Nodes;

namespace DevKit.Peers.Tests.Rig;

/// <summary>What became of one scenario: a line that a script printed.</summary>
/// <param name="Scenario">Its name, which is its row in docs/emulator.md.</param>
/// <param name="Saw">What the program saw, or null when it failed.</param>
/// <param name="Error">How it failed, or null.</param>
internal sealed record ScenarioResult(string Scenario, JsonNode? Saw, string? Error = null)
{
    /// <summary>Runs a scenario.</summary>
    internal static async Task<ScenarioResult> RunAsync(string scenario, Func<Task<JsonNode>> run)
    {
        try
        {
            return new ScenarioResult(scenario, await run());
        }
        catch (Exception error) when (error is not AssertInconclusiveException)
        {
            return new ScenarioResult(scenario, null, error.ToString());
        }
    }

    /// <summary>Reads what a script printed, a line of JSON each.</summary>
    internal static IReadOnlyList<ScenarioResult> Parse(string output) =>
    [
        .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<ScenarioResult>(line, JsonSerializerOptions.Web)!),
    ];
}
