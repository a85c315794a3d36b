using System.Globalization;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Tests.BadDays;

/// <summary>Files that belong together: where one can't be put in place, or somebody gives up, none is.</summary>
[TestClass]
public sealed class OutputFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("certgen-files-").FullName;
    private readonly StringWriter _text = new(CultureInfo.InvariantCulture);
    private readonly CancellationTokenSource _interruption = new();
    private readonly OutputFiles _files;

    public OutputFilesTests()
    {
        File.WriteAllText(PathOf("old"), "old");
        Terminal terminal = new() { Input = TextReader.Null, Output = _text, Error = _text, Cancellation = _interruption.Token };
        _files = new OutputFiles(terminal);
        _files.Add("--a", PathOf("old"));
        _files.AddPrivate("--b", PathOf("new"));
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _text.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    public void File_that_can_t_be_replaced_undoes_what_was_put_in_place_before_it()
    {
        _files.Add("--c", PathOf("no"));
        Directory.CreateDirectory(PathOf("no"));

        CommandException refusal = Assert.ThrowsExactly<CommandException>(() => _files.Write(overwrite: true, ["1", "2", "3"]));

        Assert.StartsWith($"{PathOf("no")} can't be written: ", refusal.Message);
        Assert.AreEqual("old", File.ReadAllText(PathOf("old")));
        CollectionAssert.AreEquivalent(new[] { PathOf("old"), PathOf("no") }, Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Link_that_was_replaced_is_put_back_too()
    {
        File.CreateSymbolicLink(PathOf("new"), "old");
        _files.Add("--c", PathOf("no"));
        Directory.CreateDirectory(PathOf("no"));

        Assert.ThrowsExactly<CommandException>(() => _files.Write(overwrite: true, ["1", "2", "3"]));

        Assert.AreEqual("old", new FileInfo(PathOf("new")).LinkTarget);
        Assert.AreEqual("old", File.ReadAllText(PathOf("new")));
    }

    [TestMethod]
    public void Interruption_before_anything_is_put_in_place_leaves_all_as_it_was()
    {
        _interruption.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() => _files.Write(overwrite: true, ["1", "2"]));

        Assert.AreEqual("old", File.ReadAllText(PathOf("old")));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_folder));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
