using DevKit.DeviceBuild.Tests.Projects;

namespace DevKit.DeviceBuild.Tests.Checks;

/// <summary>A source that is listed and not there, there and not listed, or listed twice is found.</summary>
[TestClass]
public sealed class SourceCheckTests
{
    private const string Uds = "<Compile Include=\"Uds.cs\" />";

    [TestMethod]
    [DataRow(Uds, "", "firmware/Dice/Uds.cs is in no device project")]
    [DataRow(Uds, Uds + Uds, "firmware/Dice/Dice.nfproj: firmware/Dice/Uds.cs is listed 2 times")]
    [DataRow(Uds, "<Compile Include=\"uds.cs\" />", "firmware/Dice/Dice.nfproj: firmware/Dice/uds.cs does not exist")]
    [DataRow("<None Include=\"packages.config\" />", "<None Include=\"README.txt\" />", "README.txt does not exist")]
    public void A_fault_of_a_list_is_found(string text, string replacement, string expected)
    {
        using TreeCopy copy = new("firmware");
        copy.Replace("firmware/Dice/Dice.nfproj", text, replacement);
        Findings.AssertHas(expected, SourceCheck.Check(copy.Read()));
    }

    [TestMethod]
    public void A_source_that_only_an_imported_list_names_counts_as_listed()
    {
        using TreeCopy copy = new("firmware");
        copy.Replace("firmware/Boot/Boot.projitems", "<Compile Include=\"$(MSBuildThisFileDirectory)FirstStage.cs\" />", "");
        Findings.AssertHas("firmware/Boot/FirstStage.cs is in no device project", SourceCheck.Check(copy.Read()));
    }

    [TestMethod]
    public void A_new_file_of_a_folder_is_found()
    {
        using TreeCopy copy = new("firmware");
        File.WriteAllText(copy.PathOf("firmware/Board/Display/New.cs"), "");
        Findings.AssertHas("firmware/Board/Display/New.cs is in no device project", SourceCheck.Check(copy.Read()));
    }
}
