using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Dps;

/// <summary>What DPS answers to a request.</summary>
/// <param name="Status">As in HTTP; stands in the answer's topic.</param>
/// <param name="Body">The answer's JSON.</param>
/// <param name="RetryAfter">Seconds to wait before the next request, or null.</param>
internal sealed record DpsAnswer(int Status, JsonObject Body, int? RetryAfter = null);
