using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace DevKit.Tests;

[TestClass]
public class ProjectTests
{
    private static readonly string Firmware = Path.GetFullPath(Path.Combine(ThisFolder(), "../../firmware"));

    [TestMethod]
    [DataRow("Dice")]
    [DataRow("StSafe")]
    [DataRow("Board")]
    [DataRow("Boot")]
    [DataRow("DevKitDps")]
    public void The_device_project_compiles_every_source_of_its_folder(string name)
    {
        string folder = Path.Combine(Firmware, name);
        string[] onDisk = [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))];
        CollectionAssert.AreEquivalent(onDisk, Sources(name));
    }

    [TestMethod]
    public void BootIdentity_compiles_the_sources_of_Boot()
    {
        CollectionAssert.AreEquivalent(
            Sources("Boot"),
            Sources("BootIdentity").Select(file => file.Replace("../Boot/", "", StringComparison.Ordinal)).ToArray());
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

    private static string[] Sources(string name) => [.. XDocument.Load(Path.Combine(Firmware, name, name + ".nfproj"))
        .Descendants()
        .Where(element => element.Name.LocalName == "Compile")
        .Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'))];

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
