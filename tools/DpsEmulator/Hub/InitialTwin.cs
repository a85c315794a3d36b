using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Hub;

/// <summary>What an enrollment gives a new device's twin; both parts have been validated.</summary>
/// <param name="Tags">The tags.</param>
/// <param name="Desired">The desired properties.</param>
internal sealed record InitialTwin(JsonObject Tags, JsonObject Desired);
