using System.Diagnostics;
using System.Runtime.Versioning;
using DevKit.CertGen.Tests.Batch;

namespace DevKit.CertGen.Tests.Enrollment;

/// <summary>The script for the Azure CLI, run by a shell with a program in the CLI's place that notes its arguments.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class AzureCliScriptTests : IDisposable
{
    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [TestMethod]
    public void Script_has_the_CLI_enroll_each_board_and_names_files_from_wherever_it_is_run()
    {
        string table = $"registrationId,uds,deviceId,hub,tags\n-a:1,{Fleet.UdsOf(1)},it's$HOME,,\n"
            + $"b,{Fleet.UdsOf(2)},,my-hub.azure-devices.net,\"site=`x` \"\"y\"\"\"\n";
        Assert.AreEqual(0, _fleet.Run(table), _fleet.CertGen.Error);

        Assert.AreEqual(0, _fleet.CertGen.Run(["enroll", Fleet.Manifest, "--azure-cli", "enroll.sh"]), _fleet.CertGen.Error);

        const string Common = "iot|dps|enrollment|create|--dps-name=my-dps|";
        string[] expected =
        [
            Common + "--enrollment-id=-a:1|--attestation-type=x509|--certificate-path=out/-a+1.pem|--device-id=it's$HOME|--output=none",
            Common + "--enrollment-id=b|--attestation-type=x509|--certificate-path=out/b.pem|--allocation-policy=static|"
                + "--iot-hubs=my-hub.azure-devices.net|--initial-twin-tags={\"site\":\"\\u0060x\\u0060 \\u0022y\\u0022\"}|--output=none",
        ];
        (int exitCode, string[] calls) = RunScript("enroll.sh", "exit 0");
        Assert.AreEqual(0, exitCode);
        CollectionAssert.AreEqual(expected, calls);
        (exitCode, calls) = RunScript("enroll.sh", "exit 3");
        Assert.AreEqual(1, exitCode);
        Assert.HasCount(2, calls);
    }

    [TestMethod]
    public void Script_deletes_and_makes_a_group()
    {
        Assert.AreEqual(0, _fleet.Run($"registrationId,uds\na,{Fleet.UdsOf(1)}\n"), _fleet.CertGen.Error);
        Assert.AreEqual(0, _fleet.CertGen.Run(["enroll", Fleet.Manifest, "--azure-cli", "delete.sh", "--delete"]), _fleet.CertGen.Error);
        Assert.AreEqual(1, _fleet.CertGen.Run(["enroll", Fleet.Manifest, "--azure-cli", "delete.sh", "--delete"]));
        StringAssert.Contains(_fleet.CertGen.Error, "delete.sh exists already. Give --force to replace it");

        Assert.AreEqual(
            "iot|dps|enrollment|delete|--dps-name=my-dps|--enrollment-id=a|--output=none", RunScript("delete.sh", "").Calls.Single());

        _fleet.CertGen.Run(["enroll", "--group", "boards", "--delete", "--azure-cli", "group.sh"]);
        Assert.AreEqual(
            "iot|dps|enrollment-group|delete|--dps-name=my-dps|--enrollment-id=boards|--output=none",
            RunScript("group.sh", "").Calls.Single());
    }

    private (int ExitCode, string[] Calls) RunScript(string script, string end)
    {
        string bin = _fleet.CertGen.PathOf("bin"), calls = _fleet.CertGen.PathOf("calls");
        Directory.CreateDirectory(bin);
        File.WriteAllText(Path.Combine(bin, "az"), $"#!/bin/sh\n(IFS='|'; printf '%s\\n' \"$*\") >> '{calls}'\n{end}\n");
        File.SetUnixFileMode(Path.Combine(bin, "az"), (UnixFileMode)0b111_101_101);
        File.Delete(calls);
        var start = new ProcessStartInfo("sh", [_fleet.CertGen.PathOf(script), "my-dps"]) { WorkingDirectory = Path.GetTempPath() };
        start.Environment["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return (process.ExitCode, File.ReadAllLines(calls));
    }
}
