namespace DevKit.DpsEmulator.Hub;

/// <summary>The versions of a hub's API, which devices and the REST share.</summary>
internal static class ApiVersions
{
    /// <summary>The one that today's SDKs ask for.</summary>
    internal const string Latest = "2021-04-12";

    /// <summary>Those that SDKs and specifications have named.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "2015-08-15-preview", "2016-02-03", "2016-09-30-preview", "2016-11-14", "2017-06-30", "2017-11-08-preview", "2018-04-01",
        "2018-06-30", "2018-08-30-preview", "2019-03-30", "2019-07-01-preview", "2019-10-01", "2020-03-01", "2020-03-13",
        "2020-05-31-preview", "2020-06-30-preview", "2020-09-30", Latest, "2025-08-01-preview",
    };

    /// <summary>Why a version is none, or null when it is one.</summary>
    internal static string? FindProblem(string version) =>
        Known.Contains(version) ? null : $"'{version}' is no api-version of a hub; today's is {Latest}";
}
