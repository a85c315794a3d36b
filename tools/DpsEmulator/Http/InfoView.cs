namespace DevKit.DpsEmulator.Http;

/// <summary>What GET /api/info answers.</summary>
internal sealed record InfoView(
    string Version, string IdScope, string DpsEndpoint, string Hub, string Mqtt, string CaFingerprint, IReadOnlyList<string> ServerNames);
