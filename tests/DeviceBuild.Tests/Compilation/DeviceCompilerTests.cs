using DevKit.DeviceBuild.Tests.Projects;

namespace DevKit.DeviceBuild.Tests.Compilation;

/// <summary>What nanoFramework's build or nanoCLR would refuse is refused.</summary>
[TestClass]
public sealed class DeviceCompilerTests
{
    private const string Project = "firmware/Dice/Dice.nfproj";
    private const string Source = "firmware/Dice/Uds.cs";

    private static readonly ApiLibrary Api = new();

    [TestMethod]
    [DataRow("class G<T> { }", "G`1: generic")]
    [DataRow("static class G { static void M<T>() { } }", "M: generic")]
    [DataRow("static class G { static System.Func<int> F; }", "G.F: a generic type")]
    [DataRow("static class G { static object M() => new System.Action<int>(Print); static void Print(int i) { } }", "a generic type")]
    [DataRow("static class G { static int[,] F; }", "G.F: an array of 2 dimensions")]
    [DataRow("static class G { static int M() { var a = new int[2, 3]; return a[1, 1]; } }", "an array of 2 dimensions")]
    [DataRow("static class G { static int? F; }", "CS0518: Predefined type 'System.Nullable`1'")]
    [DataRow("static class G { static (int, int) F; }", "System.ValueTuple`2")]
    [DataRow("static class G { static decimal F; }", "CS0518: Predefined type 'System.Decimal'")]
    [DataRow("static class G { static unsafe int* F; }", "CS0227")]
    [DataRow("static class G { static dynamic M(dynamic a) => a.B; }", "System.Runtime.CompilerServices.DynamicAttribute")]
    [DataRow("static class G { static async void M() { } }", "System.Runtime.CompilerServices.AsyncVoidMethodBuilder")]
    [DataRow("record G(int A);", "System.Collections.Generic.EqualityComparer`1")]
    [DataRow("static class G { static System.Collections.Generic.List<int> F; }", "CS0234")]
    [DataRow("static class G { static System.Span<byte> F() => default; }", "CS0234")]
    [DataRow("static class G { static string M(string[] a) => string.Join(\",\", a); }", "CS0117: 'string' does not contain a definition")]
    [DataRow("namespace N;", "CS8773: Feature 'file-scoped namespace'")]
    [DataRow("static class G { static string F = \"\"\"a\"\"\"; }", "CS8773: Feature 'raw string literals'")]
    [DataRow("static class G { static int[] F = [1]; }", "CS8773: Feature 'collection expressions'")]
    [DataRow("static class G { static int M() { int unused; return 1; } }", "CS0168")]
    public void What_nanoCLR_or_its_CSharp_lacks_is_refused(string code, string expected)
    {
        using TreeCopy copy = new("firmware/Dice");
        File.AppendAllText(copy.PathOf(Source), code);
        AssertRefused(copy, Project, expected);
    }

    [TestMethod]
    public void A_source_that_is_not_there_is_missed()
    {
        using TreeCopy copy = new("firmware/Dice");
        copy.Replace(Project, "<Compile Include=\"SecretBytes.cs\" />", "");
        AssertRefused(copy, Project, "The name 'SecretBytes' does not exist");
    }

    [TestMethod]
    public void A_reference_that_is_not_there_is_missed()
    {
        using TreeCopy copy = new("firmware/StSafe");
        copy.Replace("firmware/StSafe/StSafe.nfproj", "<Reference Include=\"System.Device.I2c,", "<Reference Include=\"System.Device.Spi,");
        AssertRefused(copy, "firmware/StSafe/StSafe.nfproj", "'I2cDevice' could not be found");
    }

    [TestMethod]
    public void A_project_reference_that_is_not_there_is_missed()
    {
        using TreeCopy copy = new("firmware");
        copy.Replace("firmware/Board/Board.nfproj", @"<ProjectReference Include=""..\Dice\Dice.nfproj"" />", "");
        AssertRefused(copy, "firmware/Board/Board.nfproj", "CS0234");
    }

    private static void AssertRefused(TreeCopy copy, string project, string expected)
    {
        DeviceTree tree = copy.Read();
        DeviceCompiler compiler = new(tree, Api);
        compiler.Compile(tree.Find(project)!);
        Findings.AssertHas(expected, compiler.Findings);
    }
}
