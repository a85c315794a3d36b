using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Storage;
using DevKit.DpsEmulator.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Tests.Storage;

/// <summary>Files that are not this emulator's database.</summary>
[TestClass]
public sealed class DatabaseTests
{
    [TestMethod]
    public void Nobody_who_writes_waits_for_a_query_of_many_rows()
    {
        using var folder = new TemporaryFolder();
        using DataFolder data = DataFolder.Open(folder.FullPath);
        using Database database = Database.Open(data);
        bool written = database.Scan("SELECT 1", _ =>
            Task.Run(() => database.Execute("DELETE FROM device")).Wait(TimeSpan.FromSeconds(30))).Single();
        Assert.IsTrue(written, "the query still runs");
        Assert.ThrowsExactly<SqliteException>(() => database.Scan("DELETE FROM device", _ => true), "it only reads");
    }

    [TestMethod]
    public async Task A_database_that_is_none_is_named_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        string junk = new('x', 5000);
        string path = folder.File("emulator.db", junk);
        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(folder.FullPath));
        StringAssert.Contains(error.Message, path);
        Assert.AreEqual(junk, await File.ReadAllTextAsync(path));
    }

    [TestMethod]
    [DataRow("PRAGMA user_version = 2", "version 2", DisplayName = "of an older emulator")]
    [DataRow("PRAGMA user_version = 99", "version 99", DisplayName = "of a newer emulator")]
    [DataRow("CREATE TABLE song (title TEXT)", "version 0", DisplayName = "of another program")]
    public async Task A_database_of_other_tables_is_named_with_the_remedy_and_left_alone(string statement, string version)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.FullPath, "emulator.db");
        using (var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            database.Open();
            using SqliteCommand command = database.CreateCommand();
#pragma warning disable CA2100 // The tests' own statements.
            command.CommandText = statement;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        byte[] before = await File.ReadAllBytesAsync(path);
        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(folder.FullPath));
        StringAssert.Contains(error.Message, path);
        StringAssert.Contains(error.Message, version);
        StringAssert.Contains(error.Message, "Move the file away");
        CollectionAssert.AreEqual(before, await File.ReadAllBytesAsync(path));
    }
}
