using DevKit.DeviceBuild.Tests.Projects;

namespace DevKit.DeviceBuild.Tests.Checks;

/// <summary>Whatever is wrong with nf.sln is found.</summary>
[TestClass]
public sealed class SolutionCheckTests
{
    private const string Dice = "{0E0E3B5C-6F4B-4E0B-9A53-3C0C3A6D0D1C}";
    private const string Application = "{2A7B5E0D-3E0A-4A86-8B55-6B1D2B8D7A22}";

    [TestMethod]
    [DataRow(@"firmware\Dice\Dice.nfproj", @"firmware\Dice\Dcie.nfproj", "nf.sln: firmware/Dice/Dcie.nfproj does not exist")]
    [DataRow(@"firmware\Dice\Dice.nfproj", @"firmware\Dice\Dcie.nfproj", "nf.sln: firmware/Dice/Dice.nfproj is not in it")]
    [DataRow(Dice, "{0E0E3B5C-6F4B-4E0B-9A53-3C0C3A6D0D1D}", "its own ProjectGuid is " + Dice)]
    [DataRow(Dice, Application, "firmware/Dice/Dice.nfproj is listed as ")]
    [DataRow("{11A8DD76-328B-46DF-9F39-F559912D0360}\") = \"Dice\"", "{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}\") = \"Dice\"",
        "has the project type fae04ec0")]
    [DataRow(Dice + ".Release|Any CPU.Build.0 = Release|Any CPU", "", "in Release|Any CPU is Release|Any CPU, build False")]
    [DataRow(Dice + ".Debug|Any CPU.Deploy.0 = Debug|Any CPU", "", "build True, deploy False; it has to be")]
    [DataRow(Dice + ".Release|Any CPU.ActiveCfg = Release", Dice + ".Release|Any CPU.ActiveCfg = Debug", "in Release|Any CPU is Debug|")]
    [DataRow(Application + ".Debug|Any CPU.Build.0", Application + ".Debug|Any CPU.Deploy.0", "DevKitDps.nfproj in Debug|Any CPU")]
    [DataRow("Debug|Any CPU = Debug|Any CPU", "Debug|x64 = Debug|x64", "not Debug/Release x Any CPU")]
    [DataRow(Application + " = " + Application, "", "does not depend on firmware/DevKitDps/DevKitDps.nfproj")]
    [DataRow("# Visual Studio Version 17", "# Visual Studio Version 18", "not Visual Studio 17 (2022)")]
    [DataRow("MinimumVisualStudioVersion = 10.0", "MinimumVisualStudioVersion = 18.0", "Visual Studio 2022 would refuse it")]
    [DataRow("EndGlobal", "", "nf.sln: the configurations are")]
    [DataRow("Microsoft Visual Studio Solution File", "Solution", "nf.sln: Not a solution file")]
    [DataRow(@"firmware\StSafe\StSafe.nfproj", @"firmware\Dice\Dice.nfproj", "nf.sln: Duplicate item 'firmware/Dice/Dice.nfproj'")]
    public void A_fault_of_the_solution_is_found(string text, string replacement, string expected)
    {
        using TreeCopy copy = new();
        copy.Replace("nf.sln", text, replacement);
        Findings.AssertHas(expected, SolutionCheck.Check(copy.Read()));
    }

    [TestMethod]
    [DataRow("<MeasuredImageFile>..", "<MeasuredImageFile>.", "the application is built as")]
    [DataRow(@"<ProjectReference Include=""..\Azure\Azure.nfproj"" />", @"<ProjectReference Include=""..\DevKitDps\DevKitDps.nfproj"" />",
        "Visual Studio would deploy it beside Boot, unmeasured")]
    public void A_fault_of_the_embedding_is_found(string text, string replacement, string expected)
    {
        using TreeCopy copy = new();
        copy.Replace("firmware/Boot/Boot.nfproj", text, replacement);
        Findings.AssertHas(expected, SolutionCheck.Check(copy.Read()));
    }
}
