using System.Xml.Linq;

namespace DevKit.Repository.Tests;

/// <summary>The lists of the device projects, which Visual Studio does not make from the folders.</summary>
[TestClass]
public sealed class DeviceProjectTests
{
    private static readonly string Firmware = Path.Combine(RepositoryFolder.Root, "firmware");

    [TestMethod]
    [DataRow("Dice")]
    [DataRow("StSafe")]
    [DataRow("Board")]
    [DataRow("Boot")]
    [DataRow("DevKitDps")]
    [DataRow("BootIdentity")]
    public void The_device_project_compiles_every_source_of_its_folder(string name)
    {
        string folder = Path.Combine(Firmware, name);
        string[] onDisk = [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))
            .Where(file => !file.EndsWith(".Desktop.cs", StringComparison.Ordinal))
            .Where(file => !file.StartsWith("samples/", StringComparison.Ordinal))];
        CollectionAssert.AreEquivalent(onDisk, Sources(name));
    }

    [TestMethod]
    public void BootIdentity_compiles_the_sources_of_Boot()
    {
        Assert.AreEqual("Boot.projitems", Import("Boot"));
        Assert.AreEqual("../Boot/Boot.projitems", Import("BootIdentity"));
    }

    [TestMethod]
    public void Only_the_application_and_what_deploys_it_reference_the_network()
    {
        foreach (string name in new[] { "Dice", "StSafe", "Board", "BootIdentity" })
        {
            string project = File.ReadAllText(Path.Combine(Firmware, name, name + ".nfproj"));
            Assert.DoesNotContain("System.Net", project, name);
            Assert.DoesNotContain("System.Device.Wifi", project, name);
        }
    }

    /// <summary>What a project compiles: its own list, and that of the sources which it shares with another project.</summary>
    private static string[] Sources(string name) =>
    [
        .. Directory.GetFiles(Path.Combine(Firmware, name))
            .Where(file => Path.GetExtension(file) is ".nfproj" or ".projitems")
            .SelectMany(file => Attributes(file, "Compile", "Include"))
            .Select(file => file.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal)),
    ];

    private static string Import(string name) =>
        Attributes(Path.Combine(Firmware, name, name + ".nfproj"), "Import", "Project")
            .Single(file => file.EndsWith(".projitems", StringComparison.Ordinal));

    private static IEnumerable<string> Attributes(string file, string element, string attribute) => XDocument.Load(file)
        .Descendants()
        .Where(e => e.Name.LocalName == element)
        .Select(e => e.Attribute(attribute)!.Value.Replace('\\', '/'));
}
