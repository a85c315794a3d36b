namespace DevKit.Repository.Tests;

/// <summary>The workflows are pinned, have no more rights than they need, and name what exists.</summary>
[TestClass]
public sealed class WorkflowTests
{
    private static readonly string Folder = Path.Combine(RepositoryFolder.Root, ".github", "workflows");

    [TestMethod]
    public void The_workflows_are_sound()
    {
        string[] files = Directory.GetFiles(Folder);
        Assert.HasCount(2, files);
        foreach (string file in files)
        {
            IReadOnlyList<string> findings = WorkflowCheck.Check(File.ReadAllText(file));
            Assert.IsEmpty(findings, $"{file}:\n{string.Join('\n', findings)}");
        }
    }

    [TestMethod]
    [DataRow("board.md")]
    [DataRow("flash.md")]
    public void What_the_pages_on_the_device_build_name_exists(string page)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", page));
        IReadOnlyList<string> findings = NamedFiles.Check(text);
        Assert.IsEmpty(findings, string.Join('\n', findings));
    }

    [TestMethod]
    [DataRow("build.yml", "jobs:", "jobs: [", "not YAML")]
    [DataRow("build.yml", "  contents: read", "  contents: write", "the workflow has the permissions 'contents: write'")]
    [DataRow("build.yml", "permissions:\n  contents: read", "", "the workflow has the permissions ''")]
    [DataRow("build.yml", "concurrency:", "env:", "the workflow has no concurrency group")]
    [DataRow("build.yml", "    timeout-minutes: 30\n", "", "job device has no timeout")]
    [DataRow("build.yml", "  device:\n", "  device:\n    permissions:\n      packages: write\n", "job device has the permissions")]
    [DataRow("build.yml", "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "actions/checkout@v7 is not pinned")]
    [DataRow("build.yml", " # v1.18", "", "is not pinned as OWNER/NAME@COMMIT # vVERSION")]
    [DataRow("build.yml", "persist-credentials: false", "fetch-depth: 0", "leaves the token behind")]
    [DataRow("build.yml", "nuget restore nf.sln", "nuget restore nanoframework.sln", "nanoframework.sln does not exist")]
    [DataRow("build.yml", "dotnet test host.slnx", "dotnet test desktop.slnx", "desktop.slnx does not exist")]
    [DataRow("build.yml", " .ci/run", " .ci/walk", ".ci/walk does not exist")]
    [DataRow("build.yml", @"tests\Dice.DeviceTests\nano", @"tests\Dice.DeviceTests\micro",
        "tests/Dice.DeviceTests/micro.runsettings does not exist")]
    [DataRow("build.yml", @"tests\*.DeviceTests", @"tests\*.BoardTests", "tests/*.BoardTests/bin/Release/NFUnitTest.dll does not exist")]
    [DataRow("build.yml", "firmware/Boot/bin", "firmware/Booter/bin", "firmware/Booter/bin/Release/Boot.bin does not exist")]
    [DataRow("build.yml", "TestFramework.3.0.80", "TestFramework.3.0.79", "nanoFramework.TestFramework.3.0.79 is in no packages.config")]
    [DataRow("build.yml", "msbuild nf.sln", "msbuild nf.sln -p:Title=${{ github.event.pull_request.title }}",
        "job device has an expression")]
    [DataRow("release.yml", "./.github/workflows/build.yml", "./.github/workflows/ci.yml", "./.github/workflows/ci.yml does not exist")]
    [DataRow("release.yml", "tools/CertGen/CertGen.csproj", "tools/CertGenerator/CertGen.csproj",
        "CertGenerator/CertGen.csproj does not exist")]
    [DataRow("release.yml", "      contents: write", "      contents: write\n      packages: write", "job publish has the permissions")]
    [DataRow("release.yml", "actions/download-artifact@", "actions/checkout@", "job publish may write and checks out the repository")]
    public void A_fault_of_a_workflow_is_found(string file, string text, string replacement, string expected)
    {
        string content = File.ReadAllText(Path.Combine(Folder, file));
        Assert.Contains(text, content, "The workflow does not have what this test changes.");
        IReadOnlyList<string> findings = WorkflowCheck.Check(content.Replace(text, replacement, StringComparison.Ordinal));
        Assert.IsTrue(
            findings.Any(finding => finding.Contains(expected, StringComparison.Ordinal)),
            $"Not found: {expected}\nFound:\n{string.Join('\n', findings)}");
    }
}
