using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DevKit.DpsEmulator.Enrollments;

namespace DevKit.DpsEmulator.Service;

/// <summary>The queries that DPS takes: all there are of one kind.</summary>
internal static partial class ServiceQuery
{
    /// <summary>Refuses whatever does not ask for everything.</summary>
    /// <param name="body">The body, with <c>query</c>.</param>
    /// <param name="collection">What is asked of.</param>
    /// <exception cref="FormatException">The query is another.</exception>
    internal static void RequireEverything(JsonObject body, string collection)
    {
        string query = body.GetText("query")?.Trim() ?? "";
        Match match = Everything().Match(query);
        if (query is not ("" or "*")
            && !(match.Success && match.Groups[1].Value.Equals(collection, StringComparison.OrdinalIgnoreCase)))
        {
            throw new FormatException($"The query '{query}' is not understood: DPS takes 'SELECT * FROM {collection}' and '*' alone.");
        }
    }

    [GeneratedRegex(@"^SELECT\s+\*\s+FROM\s+(\w+)\s*;?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Everything();
}
