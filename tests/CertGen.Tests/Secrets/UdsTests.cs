using System.Text.Json;
using System.Text.RegularExpressions;

namespace DevKit.CertGen.Tests.Secrets;

[TestClass]
public sealed partial class UdsTests : IDisposable
{
    private readonly CommandLine _certGen = new();

    public void Dispose() => _certGen.Dispose();

    [TestMethod]
    public void New_secret_goes_into_a_file_for_its_owner_alone_and_is_not_printed()
    {
        Assert.AreEqual(0, _certGen.Run(["uds"]), _certGen.Error);

        string written = File.ReadAllText(_certGen.PathOf("uds.txt"));
        Assert.IsTrue(Line().IsMatch(written));
        Assert.DoesNotContain(written[..16], _certGen.Output + _certGen.Error);
        StringAssert.Contains(_certGen.Output, "Written: uds.txt");
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_certGen.PathOf("uds.txt")));
        }
    }

    [TestMethod]
    public void Secret_is_printed_when_asked_for_and_then_kept_nowhere()
    {
        Assert.AreEqual(0, _certGen.Run(["uds", "--show"]), _certGen.Error);

        Assert.IsTrue(Line().IsMatch(_certGen.Output.ReplaceLineEndings("\n")));
        CollectionAssert.AreEqual(new[] { "image.pe" }, _certGen.Files);
    }

    [TestMethod]
    public void Secret_is_printed_and_kept_when_both_are_asked_for()
    {
        Assert.AreEqual(0, _certGen.Run(["uds", "--show", "--out", "a.txt", "--json"]), _certGen.Error);

        JsonElement result = _certGen.Json;
        Assert.AreEqual(File.ReadAllText(_certGen.PathOf("a.txt")).TrimEnd(), result.GetProperty("uds").GetString());
        Assert.AreEqual("a.txt", result.GetProperty("written")[0].GetString());
    }

    [TestMethod]
    public void Secret_that_exists_is_kept_without_force()
    {
        Assert.AreEqual(0, _certGen.Run(["uds"]));
        string first = File.ReadAllText(_certGen.PathOf("uds.txt"));

        Assert.AreEqual(1, _certGen.Run(["uds"]));
        StringAssert.StartsWith(_certGen.Error, "Error: uds.txt exists already. Give --force to replace it");
        Assert.AreEqual(first, File.ReadAllText(_certGen.PathOf("uds.txt")));

        Assert.AreEqual(0, _certGen.Run(["uds", "--force"]));
        Assert.AreNotEqual(first, File.ReadAllText(_certGen.PathOf("uds.txt")));
    }

    [TestMethod]
    public void Certificate_is_made_of_a_new_secret_s_file()
    {
        Assert.AreEqual(0, _certGen.Run(["uds"]));

        Assert.AreEqual(0, _certGen.Run(["--image", "image.pe", "--uds", "uds.txt", "--registration-id", "a"]));

        Assert.AreEqual("", _certGen.Error);
        CollectionAssert.AreEqual(new[] { "a.pem", "image.pe", "uds.txt" }, _certGen.Files);
    }

    [GeneratedRegex(@"\A[0-9a-f]{64}\n\z")]
    private static partial Regex Line();
}
