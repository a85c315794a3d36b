using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DevKit.Repository.Tests;

/// <summary>Reads a workflow of GitHub Actions and says what is wrong with it.</summary>
internal static partial class WorkflowCheck
{
    // The job that may write: it runs none of the repository's code.
    private const string Writer = "publish";

    /// <summary>Checks a workflow.</summary>
    /// <param name="text">The file, YAML.</param>
    /// <returns>What is wrong, one line each.</returns>
    public static IReadOnlyList<string> Check(string text)
    {
        YamlMappingNode workflow;
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(text));
            workflow = (YamlMappingNode)stream.Documents.Single().RootNode;
        }
        catch (YamlException e)
        {
            return [$"not YAML: {e.Message}"];
        }

        return
        [
            .. Permissions("the workflow", workflow, ["contents: read"]),
            .. Has(workflow, "concurrency") ? [] : new[] { "the workflow has no concurrency group" },
            .. Map(workflow, "jobs").SelectMany(job => Job(((YamlScalarNode)job.Key).Value!, (YamlMappingNode)job.Value)),
            .. Actions(text),
            .. NamedFiles.Check(text),
        ];
    }

    private static IEnumerable<string> Job(string name, YamlMappingNode job)
    {
        if (Has(job, "permissions"))
        {
            foreach (string finding in Permissions($"job {name}", job, name == Writer ? ["contents: write"] : ["contents: read"]))
            {
                yield return finding;
            }
        }

        if (Has(job, "uses"))
        {
            yield break;
        }

        if (!Has(job, "timeout-minutes"))
        {
            yield return $"job {name} has no timeout";
        }

        foreach (YamlMappingNode step in ((YamlSequenceNode)job.Children[new YamlScalarNode("steps")]).Cast<YamlMappingNode>())
        {
            bool checksOut = Value(step, "uses").StartsWith("actions/checkout", StringComparison.Ordinal);
            if (checksOut && name == Writer)
            {
                yield return $"job {name} may write and checks out the repository";
            }

            if (checksOut && !Map(step, "with").Any(input => $"{input.Key}: {input.Value}" == "persist-credentials: false"))
            {
                yield return $"job {name} leaves the token behind where it checks out";
            }

            if (Value(step, "run").Contains("${{", StringComparison.Ordinal))
            {
                yield return $"job {name} has an expression in a command, where its value becomes code";
            }
        }
    }

    private static IEnumerable<string> Permissions(string owner, YamlMappingNode node, string[] expected)
    {
        string[] stated = [.. Map(node, "permissions").Select(pair => $"{pair.Key}: {pair.Value}")];
        return stated.SequenceEqual(expected)
            ? []
            : [$"{owner} has the permissions '{string.Join(", ", stated)}', not '{string.Join(", ", expected)}'"];
    }

    /// <summary>An action is another's code: the commit is what cannot be moved, the version beside it is for people.</summary>
    private static IEnumerable<string> Actions(string text)
    {
        foreach (string action in UsesPattern().Matches(text).Select(match => match.Groups[1].Value.Trim()))
        {
            if (action.StartsWith("./", StringComparison.Ordinal))
            {
                if (!File.Exists(Path.Combine(RepositoryFolder.Root, action)))
                {
                    yield return $"{action} does not exist";
                }
            }
            else if (!PinnedPattern().IsMatch(action))
            {
                yield return $"{action} is not pinned as OWNER/NAME@COMMIT # vVERSION";
            }
        }
    }

    private static bool Has(YamlMappingNode node, string key) => node.Children.ContainsKey(new YamlScalarNode(key));

    private static string Value(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) && value is YamlScalarNode scalar ? scalar.Value! : "";

    private static YamlMappingNode Map(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) && value is YamlMappingNode map ? map : [];

    [GeneratedRegex(@"^ *(?:- )?uses: (.+)$", RegexOptions.Multiline)]
    private static partial Regex UsesPattern();

    [GeneratedRegex(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")]
    private static partial Regex PinnedPattern();
}
