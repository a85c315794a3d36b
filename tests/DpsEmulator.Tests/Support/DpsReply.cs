using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>An answer of DPS.</summary>
internal sealed record DpsReply(int Status, int? RetryAfter, JsonNode Body);
