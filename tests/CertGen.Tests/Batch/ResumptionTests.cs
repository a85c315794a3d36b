using System.Diagnostics;
using System.Globalization;
using System.Text;
using DevKit.CertGen.Tests.BadDays;

namespace DevKit.CertGen.Tests.Batch;

/// <summary>Batches that are run again: after an interruption, and after a change.</summary>
[TestClass]
public sealed class ResumptionTests : IDisposable
{
    private static readonly string Table = $"registrationId,uds,deviceId\na,{Fleet.UdsOf(1)},\nb,{Fleet.UdsOf(2)},\n";

    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [TestMethod]
    public void Batch_that_was_killed_goes_on_with_what_is_not_made_yet() => EndAndGoOn(kill: true);

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Batch_that_was_interrupted_goes_on_with_what_is_not_made_yet() => EndAndGoOn(kill: false);

    [TestMethod]
    public void Damaged_or_missing_certificate_is_made_again_and_the_others_are_not_written()
    {
        Assert.AreEqual(0, _fleet.Run(Table), _fleet.CertGen.Error);
        string before = _fleet.Read("out/a.pem");
        DateTime time = File.GetLastWriteTimeUtc(_fleet.CertGen.PathOf("out/b.pem"));
        File.Delete(_fleet.CertGen.PathOf("out/a.pem"));

        Assert.AreEqual(0, _fleet.Run(Table), _fleet.CertGen.Error);

        StringAssert.Contains(_fleet.CertGen.Output, "Certificates made: 1, there already: 1, rows refused: 0");
        Assert.AreEqual(before, _fleet.Read("out/a.pem"));
        Assert.AreEqual(time, File.GetLastWriteTimeUtc(_fleet.CertGen.PathOf("out/b.pem")));

        File.WriteAllText(_fleet.CertGen.PathOf("out/a.pem"), before[..100]);
        Assert.AreEqual(1, _fleet.Run(Table));
        StringAssert.Contains(_fleet.CertGen.Error, "line 2: ");
        StringAssert.Contains(_fleet.CertGen.Error, "a.pem is there, and holds no certificate. Give --force to replace it");
        Assert.AreEqual(0, _fleet.Run(Table, "--force"), _fleet.CertGen.Error);
        Assert.AreEqual(before, _fleet.Read("out/a.pem"));
    }

    [TestMethod]
    public void Changed_secret_and_changed_image_are_told_and_change_nothing_without_force()
    {
        Assert.AreEqual(0, _fleet.Run(Table), _fleet.CertGen.Error);
        string a = _fleet.Read("out/a.pem"), b = _fleet.Read("out/b.pem");

        string changed = Table.Replace(Fleet.UdsOf(1), Fleet.UdsOf(3), StringComparison.Ordinal);
        Assert.AreEqual(1, _fleet.Run(changed));
        StringAssert.Contains(_fleet.CertGen.Error, "a.pem is there, and is of another UDS. Give --force");
        Assert.AreEqual(a, _fleet.Read("out/a.pem"));

        _fleet.CertGen.WriteFile("image.pe", CommandLine.MakeImage(1, 4, 2, 0));
        Assert.AreEqual(1, _fleet.Run(Table));
        StringAssert.Contains(_fleet.CertGen.Error, "b.pem is there, and is of another image. Give --force");
        Assert.AreEqual(b, _fleet.Read("out/b.pem"));
        Assert.IsEmpty(_fleet.ReadManifest());

        Assert.AreEqual(0, _fleet.Run(changed, "--force"), _fleet.CertGen.Error);
        Assert.AreEqual(_fleet.MakeOne(Fleet.UdsOf(3), "a"), _fleet.Read("out/a.pem"));
    }

    [TestMethod]
    public void What_stands_in_the_manifest_alone_follows_the_table()
    {
        Assert.AreEqual(0, _fleet.Run(Table), _fleet.CertGen.Error);
        Assert.AreEqual(0, _fleet.Run($"registrationId,uds,deviceId\nb,{Fleet.UdsOf(2)},lamp\n"), _fleet.CertGen.Error);

        Assert.AreEqual("lamp", (string?)_fleet.ReadManifest().Single()["deviceId"]);
        StringAssert.Contains(_fleet.CertGen.Output, "Certificates made: 0, there already: 1");
    }

    [TestMethod]
    public void Two_batches_don_t_write_into_one_folder()
    {
        Directory.CreateDirectory(_fleet.CertGen.PathOf("out"));
        using (new FileStream(_fleet.CertGen.PathOf(Fleet.Manifest + ".new"), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            Assert.AreEqual(1, _fleet.Run(Table));
        }

        StringAssert.Contains(
            _fleet.CertGen.Error,
            "manifest.jsonl can't be written: another program writes it. Let that end, or name another place with --out.");
        Assert.AreEqual(0, _fleet.Run(Table), _fleet.CertGen.Error);
    }

    private void EndAndGoOn(bool kill)
    {
        const int Rows = 3000;
        _fleet.WriteTable(MakeTable(Rows));
        EndAfterFirst(kill);
        string[] made = Directory.GetFiles(_fleet.CertGen.PathOf("out"), "*.pem");
        Assert.IsTrue(made.Length is > 0 and < Rows, $"{made.Length}");
        Assert.IsFalse(File.Exists(_fleet.CertGen.PathOf(Fleet.Manifest)));
        string[] secrets = [.. _fleet.List("secrets").Where(name => name.EndsWith(".uds", StringComparison.Ordinal))];
        DateTime[] times = [.. made.Select(File.GetLastWriteTimeUtc)];

        Assert.AreEqual(0, _fleet.Run(MakeTable(Rows), "--uds-out", "secrets", "--json"), _fleet.CertGen.Error);

        Assert.AreEqual(made.Length, _fleet.Report().GetProperty("unchanged").GetInt32());
        Assert.AreEqual(Rows - made.Length, _fleet.Report().GetProperty("made").GetInt32());
        CollectionAssert.AreEqual(times, made.Select(File.GetLastWriteTimeUtc).ToArray());
        Assert.HasCount(Rows, _fleet.ReadManifest());
        Assert.HasCount(Rows + 1, _fleet.List("out"));
        Assert.HasCount(Rows / 8, _fleet.List("secrets"));
        Assert.IsTrue(secrets.All(name => _fleet.Read("secrets/" + name).Length == 65));
    }

    private static string MakeTable(int rows)
    {
        var table = new StringBuilder("registrationId,uds\n");
        for (int i = 1; i <= rows; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"board-{i},{(i % 8 == 0 ? "generate" : Fleet.UdsOf(i))}\n");
        }

        return table.ToString();
    }

    // Starts the batch as a process of its own, and ends it when the first certificate is there.
    private void EndAfterFirst(bool kill)
    {
        ProcessStartInfo start = RunningProgram.CreateStart(
            _fleet.CertGen.Folder,
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "CertGen.dll"),
            "batch", "fleet.csv", "--image", "image.pe", "--out", "out", "--uds-out", "secrets");
        using var process = Process.Start(start)!;
        while (!process.HasExited
            && (!Directory.Exists(_fleet.CertGen.PathOf("out")) || Directory.GetFiles(_fleet.CertGen.PathOf("out"), "*.pem").Length == 0))
        {
            Thread.Sleep(1);
        }

        if (kill)
        {
            process.Kill();
        }
        else
        {
            using var interrupt = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            interrupt.WaitForExit();
        }

        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (!kill)
        {
            Assert.AreEqual("Error: interrupted.", error.TrimEnd());
            Assert.AreEqual(130, process.ExitCode);
        }
    }
}
