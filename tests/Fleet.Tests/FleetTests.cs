using System.Text.RegularExpressions;
using DevKit.Support.Peers;

namespace DevKit.Fleet.Tests;

/// <summary>A small fleet against an emulator, each in a process of its own, as its user runs it.</summary>
[TestClass]
public sealed class FleetTests
{
    [TestMethod]
    public async Task None_of_fifty_devices_is_lost()
    {
        (int code, string output, string errors) = await RunAsync("--devices", "50", "--stay", "1", "--enrollments", "20");

        Assert.AreEqual(0, code, output + errors);
        StringAssert.Contains(output, "50 devices joined");
        StringAssert.Contains(output, "lost: 0");
        foreach (string phase in new[] { "TLS to DPS", "register", "TLS to the hub", "connect", "send" })
        {
            StringAssert.Matches(output, new Regex($@"{phase}\s*│\s*50 │.* ms │.* ms │"));
        }
    }

    [TestMethod]
    public async Task Mosquitto_is_measured_beside_the_emulator()
    {
        Programs.Require("mosquitto", "install Mosquitto's broker (Debian: mosquitto)");
        (int code, string output, string errors) = await RunAsync("--devices", "1", "--stay", "0", "--compare-mosquitto");

        Assert.AreEqual(0, code, output + errors);
        StringAssert.Matches(output, new Regex(@"the emulator \d+, Mosquitto \d+,\s+ratio\s+\d+\.\d\d"));
    }

    [TestMethod]
    [DataRow("--devices 0", "--devices 0: give 1 to 20000.")]
    [DataRow("--devices many", "--devices many: give a whole number.")]
    [DataRow("--parallel 1001", "--parallel 1001: give 1 to 1000.")]
    [DataRow("--stay -1", "--stay -1: give 0 to 1000.")]
    [DataRow("--enrollments 15", "--enrollments 15: give whole tens")]
    [DataRow("--ca ca.pem", "--ca ca.pem: that is of a cloud that runs already")]
    [DataRow("--cloud 127.0.0.1:8883", "--cloud 127.0.0.1:8883: give --ca too")]
    [DataRow("--cloud local --ca ca.pem", "--ca ca.pem: the local cloud says that itself")]
    [DataRow("--cloud here --ca x --id-scope 0ne00000000 --api http://127.0.0.1:1", "--cloud here: give a host and a port")]
    [DataRow("--cloud a:1 --ca x --id-scope 0ne00000000 --api page", "--api page: give the page's address")]
    [DataRow("--cloud a:1 --ca /nowhere/ca.pem --id-scope 0ne00000000 --api http://127.0.0.1:1", "--ca /nowhere/ca.pem:")]
    [DataRow("--cloud a:1 --ca x --id-scope 0ne0 --api http://b --compare-mosquitto", "--compare-mosquitto needs an emulator of its own")]
    public async Task A_wrong_value_is_named_in_one_line(string arguments, string named)
    {
        (int code, string output, string errors) = await RunAsync(arguments.Split(' '));

        Assert.AreEqual(1, code);
        Assert.AreEqual("", output);
        StringAssert.StartsWith(errors, "Error: ");
        StringAssert.Contains(errors, named);
        Assert.AreEqual(1, errors.TrimEnd().Split('\n').Length, errors);
    }

    [TestMethod]
    public async Task A_file_without_a_certificate_is_named()
    {
        string ca = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(ca, "no certificate");
            (int code, _, string errors) = await RunAsync(
                "--cloud", "127.0.0.1:1", "--ca", ca, "--id-scope", "0ne00000000", "--api", "http://127.0.0.1:1");
            Assert.AreEqual(1, code);
            StringAssert.Contains(errors, "there is no certificate in it");
        }
        finally
        {
            File.Delete(ca);
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = await FleetCommand.RunAsync(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
