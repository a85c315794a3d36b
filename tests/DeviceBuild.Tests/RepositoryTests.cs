using System.Buffers.Binary;
using DevKit.DeviceBuild.Tests.Checks;
using DevKit.DeviceBuild.Tests.Compilation;
using DevKit.DeviceBuild.Tests.Projects;

namespace DevKit.DeviceBuild.Tests;

/// <summary>The repository as it is passes every check.</summary>
[TestClass]
public sealed class RepositoryTests
{
    private static readonly DeviceTree Tree = DeviceTree.Repository;

    [TestMethod]
    public void The_solution_is_what_the_projects_are() => Findings.AssertNone(SolutionCheck.Check(Tree));

    [TestMethod]
    public void The_projects_have_what_the_project_system_needs() => Findings.AssertNone(SettingsCheck.Check(Tree));

    [TestMethod]
    public void The_projects_list_every_source_once() => Findings.AssertNone(SourceCheck.Check(Tree));

    [TestMethod]
    public void The_projects_reference_what_their_packages_bring() => Findings.AssertNone(new PackageCheck(new ApiLibrary()).Check(Tree));

    [TestMethod]
    public void Every_project_compiles_against_nanoFramework()
    {
        DeviceCompiler compiler = new(Tree, new ApiLibrary());
        int compiled = Tree.Projects.Count(project => compiler.Compile(project) is not null);
        Findings.AssertNone(compiler.Findings);
        Assert.AreEqual(Tree.Projects.Count, compiled);
        Assert.IsGreaterThan(10, compiled, "There are more device projects than were found.");
    }

    [TestMethod]
    public void Only_the_application_and_what_deploys_it_reference_the_network()
    {
        string[] users = [.. Tree.Projects.Where(project => project.References.Any(r => r.Name is "System.Net" or "System.Device.Wifi"))
            .Select(project => project.Path)];
        CollectionAssert.AreEqual(
            new[]
            {
                "firmware/Azure/Azure.nfproj", "firmware/Boot/Boot.nfproj", "firmware/DevKitDps/DevKitDps.nfproj",
                "tests/Azure.DeviceTests/Azure.DeviceTests.nfproj",
            },
            users);
    }

    [TestMethod]
    public void BootIdentity_is_built_from_the_sources_of_Boot() => CollectionAssert.AreEquivalent(
        OwnSourcesLeftOut("firmware/Boot/Boot.nfproj"), OwnSourcesLeftOut("firmware/BootIdentity/BootIdentity.nfproj"));

    [TestMethod]
    public void The_page_on_the_board_names_the_native_mscorlib_that_the_firmware_asks_for()
    {
        const int nativeChecksum = 20;
        byte[] image = File.ReadAllBytes(Path.Combine(ApiLibrary.Folder, "mscorlib.pe"));
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(nativeChecksum));
        string page = File.ReadAllText(Path.Combine(Tree.Root, "docs", "board.md"));
        Assert.Contains($"mscorlib's is 100.5.0.24 (checksum `0x{checksum:X8}`)", page);
    }

    private static string[] OwnSourcesLeftOut(string project) =>
        [.. Tree.Find(project)!.Sources.Where(source => Path.GetFileName(source) != "AssemblyInfo.cs")];
}
