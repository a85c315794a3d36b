using DevKit.DeviceBuild.Tests.Projects;

namespace DevKit.DeviceBuild.Tests.Checks;

/// <summary>Whatever a device project lacks of what nanoFramework's project system needs is found.</summary>
[TestClass]
public sealed class SettingsCheckTests
{
    private const string Dice = "firmware/Dice/Dice.nfproj";
    private const string Tests = "tests/Dice.DeviceTests/Dice.DeviceTests.nfproj";
    private const string RunSettings = "tests/Dice.DeviceTests/nano.runsettings";

    [TestMethod]
    [DataRow(Dice, "{11A8DD76-328B-46DF-9F39-F559912D0360};", "", "ProjectTypeGuids is '{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}'")]
    [DataRow(Dice, "<LangVersion>9.0", "<LangVersion>10.0", "LangVersion is '10.0', not '9.0'")]
    [DataRow(Dice, "<TargetFrameworkVersion>v1.0", "<TargetFrameworkVersion>v4.8", "TargetFrameworkVersion is 'v4.8'")]
    [DataRow(Dice, @"nanoFramework\v1.0\", @"nanoFramework\v2.0\", "NanoFrameworkProjectSystemPath is")]
    [DataRow(Dice, "NFProjectSystem.CSharp.targets", "NFProjectSystem.VB.targets", "imports $(NanoFrameworkProjectSystemPath)")]
    [DataRow(Dice, "<ProjectConfigurationsDeclaredAsItems />", "", "ProjectConfigurationsDeclaredAsItems")]
    [DataRow(Dice, "<AssemblyName>Dice", "<AssemblyName>Engine", "AssemblyName is 'Engine'")]
    [DataRow(Dice, "{0E0E3B5C-6F4B-4E0B-9A53-3C0C3A6D0D1C}", "{10f4a8f8-8aec-4cc5-a975-1c000e26e67f}", "have the same ProjectGuid")]
    [DataRow(Tests, "<AssemblyName>NFUnitTest", "<AssemblyName>DiceTests", "AssemblyName is 'DiceTests', not 'NFUnitTest'")]
    [DataRow(Tests, "nano.runsettings</RunSettingsFilePath>", ".runsettings</RunSettingsFilePath>", "RunSettingsFilePath is")]
    [DataRow(Tests, "<None Include=\"nano.runsettings\" />", "", "nano.runsettings is not listed")]
    [DataRow(Tests, "<ProjectCapability Include=\"TestContainer\" />", "", "lacks the project capability TestContainer")]
    [DataRow(RunSettings, "<IsRealHardware>False", "<IsRealHardware>True", "lacks <IsRealHardware>False</IsRealHardware>")]
    [DataRow(RunSettings, "net48", "net10.0", "lacks <TargetFrameworkVersion>net48</TargetFrameworkVersion>")]
    public void A_fault_of_a_project_is_found(string file, string text, string replacement, string expected)
    {
        using TreeCopy copy = new();
        copy.Replace(file, text, replacement);
        Findings.AssertHas(expected, SettingsCheck.Check(copy.Read()));
    }
}
