using DevKit.DeviceBuild.Tests.Compilation;
using DevKit.DeviceBuild.Tests.Projects;

namespace DevKit.DeviceBuild.Tests.Checks;

/// <summary>A package, a reference or a hint path that does not go with the others is found.</summary>
[TestClass]
public sealed class PackageCheckTests
{
    private const string Project = "firmware/Board/Board.nfproj";
    private const string Packages = "firmware/Board/packages.config";
    private const string Gpio = "<package id=\"nanoFramework.System.Device.Gpio\" version=\"1.1.62\" targetFramework=\"netnano1.0\" />";

    private static readonly ApiLibrary Api = new();

    [TestMethod]
    [DataRow(Packages, "\"1.1.62\"", "\"1.1.61\"", "nanoFramework.System.Device.Gpio is 1.1.61 in packages.config, not 1.1.62")]
    [DataRow(Packages, "nanoFramework.System.Device.Gpio", "nanoFramework.System.Device.Gpoi", "Gpoi is not among the packages")]
    [DataRow(Packages, "netnano1.0", "net48", "is restored for 'net48', not netnano1.0")]
    [DataRow(Packages, Gpio, Gpio + Gpio, "packages.config names nanoFramework.System.Device.Gpio twice")]
    [DataRow(Packages, Gpio, "", "System.Device.Gpio comes from no package of packages.config")]
    [DataRow(Packages, "<package id=\"nanoFramework.Runtime.Events\" version=\"1.11.37\" targetFramework=\"netnano1.0\" />", "",
        "nanoFramework.System.Device.Gpio needs nanoFramework.Runtime.Events, which packages.config lacks")]
    [DataRow(Project, "<None Include=\"packages.config\" />", "", "packages.config is not listed")]
    [DataRow(Project, "nanoFramework.System.Device.Gpio.1.1.62", "nanoFramework.System.Device.Gpio.1.1.61", "has the hint path")]
    [DataRow(Project, @"lib\System.Device.Gpio.dll", @"lib\net48\System.Device.Gpio.dll", "has the hint path")]
    [DataRow(Project, "System.Device.Gpio, Version=1.1.62.0", "System.Device.Gpio, Version=1.1.61.0", "not 1.1.62.0")]
    [DataRow(Project, "<Reference Include=\"System.Device.Gpio,", "<Reference Include=\"System.Device.Pwm,",
        "System.Device.Gpio.dll of nanoFramework.System.Device.Gpio is not referenced")]
    [DataRow(Project, @"..\Dice\Dice.nfproj", @"..\Dice\Dcie.nfproj", "firmware/Dice/Dcie.nfproj does not exist")]
    public void A_fault_of_packages_and_references_is_found(string file, string text, string replacement, string expected)
    {
        using TreeCopy copy = new();
        copy.Replace(file, text, replacement);
        Findings.AssertHas(expected, new PackageCheck(Api).Check(copy.Read()));
    }

    [TestMethod]
    public void A_package_that_a_referenced_project_needs_is_missed()
    {
        using TreeCopy copy = new();
        copy.Replace("firmware/Boot/packages.config", "nanoFramework.M2Mqtt.Core", "nanoFramework.M2Mqtt.Corn");
        Findings.AssertHas(
            "firmware/Boot/Boot.nfproj: lacks nanoFramework.M2Mqtt.Core, which Azure needs", new PackageCheck(Api).Check(copy.Read()));
    }
}
