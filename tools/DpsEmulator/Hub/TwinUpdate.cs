using System.Text.Json.Nodes;

namespace DevKit.DpsEmulator.Hub;

/// <summary>What the cloud changes of a twin; both parts have been validated.</summary>
/// <param name="Tags">The tags; null leaves them as they are.</param>
/// <param name="Desired">The desired properties; null leaves them as they are.</param>
/// <param name="Replace">Whether what is given replaces the part, or is merged into it.</param>
internal sealed record TwinUpdate(JsonObject? Tags, JsonObject? Desired, bool Replace = false);
