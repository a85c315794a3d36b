namespace DevKit.DpsEmulator.Dps;

/// <summary>The versions of the API that devices register by, as its specification lists them.</summary>
internal static class DpsApiVersion
{
    /// <summary>The first that says of a device that came back that it did.</summary>
    internal const string WithReprovisioned = "2021-06-01";

    /// <summary>The first that takes a certificate signing request.</summary>
    internal const string WithCsr = "2025-07-01-preview";

    private static readonly HashSet<string> All = new(StringComparer.OrdinalIgnoreCase)
    {
        "2017-08-31-preview", "2017-11-15", "2018-04-01", "2018-09-01-preview", "2018-11-01", "2019-01-15", "2019-03-31",
        "2019-03-31-preview", "2020-09-01-preview", WithReprovisioned, "2021-10-01", "2021-11-01-preview", WithCsr,
    };

    internal static bool IsKnown(string version) => All.Contains(version);

    /// <summary>Whether a version has what came with another: they begin with their dates.</summary>
    internal static bool Has(string version, string feature) => string.CompareOrdinal(version, feature) >= 0;
}
