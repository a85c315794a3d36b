namespace DevKit.Demo.Tests;

/// <summary>What the programs that lie beside the demo are made of, as the build wrote it down for their loader.</summary>
[TestClass]
public class StructureTests
{
    [TestMethod]
    [DataRow("VirtualMcu", "Boot,StandIns", "DevKitSim,DpsEmulator,CertGen,Demo,VirtualParts,System.CommandLine,Spectre.Console")]
    [DataRow("DevKitSim", "VirtualMcu,VirtualParts", "DpsEmulator,CertGen,Demo")]
    [DataRow("DpsEmulator", "Mqtt", "DevKitSim,VirtualMcu,VirtualParts,CertGen,Demo,Boot,Dice")]
    [DataRow("CertGen", "Dice", "DevKitSim,VirtualMcu,VirtualParts,DpsEmulator,Demo,Boot")]
    public void Program_knows_its_own_parts_alone(string program, string parts, string strangers)
    {
        string loaded = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, program + ".deps.json"));
        foreach (string part in parts.Split(','))
        {
            Assert.Contains($"\"{part}/", loaded);
        }

        foreach (string stranger in strangers.Split(','))
        {
            Assert.DoesNotContain($"\"{stranger}/", loaded);
        }
    }
}
