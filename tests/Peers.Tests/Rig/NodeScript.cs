using System.Reflection;
using System.Text.Json.Nodes;
using DevKit.Support.Peers;

namespace DevKit.Peers.Tests.Rig;

/// <summary>A script for Node.js, of those beside this project.</summary>
internal static class NodeScript
{
    /// <summary>Where the scripts are.</summary>
    internal static readonly string Folder = typeof(NodeScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ScriptFolder").Value!;

    /// <summary>Packages with their versions, as package.json pins them.</summary>
    internal static string Packages(params string[] names)
    {
        JsonNode pinned = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "package.json")))!["dependencies"]!;
        return string.Join(", ", names.Select(name => $"`{name}` {pinned[name]}"));
    }

    /// <summary>Runs a script against an emulator; it prints a scenario's result a line.</summary>
    /// <param name="cloud">The emulator.</param>
    /// <param name="name">The script's file name.</param>
    /// <param name="more">What it has to know beside the emulator, or null.</param>
    internal static async Task<IReadOnlyList<ScenarioResult>> RunAsync(
        PeerCloud cloud, string name, object? more = null)
    {
        string node = Programs.Require("node", "install Node.js");
        Programs.Require(
            Directory.Exists(Path.Combine(Folder, "node_modules", "azure-iothub")),
            $"Node's packages are missing: run \"npm ci\" in {Folder}.");
        return ScenarioResult.Parse(await cloud.RunAsync(
            "env", cloud.Describe(more), $"NODE_EXTRA_CA_CERTS={cloud.CaFile}", node, Path.Combine(Folder, name)));
    }
}
