using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Storage;

/// <summary>
/// The SQLite file that enrollments, devices and messages are kept in: one connection, and another one for queries that look at many
/// rows, which only reads.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly DatabaseConnection _connection;
    private readonly DatabaseConnection _scanner;

    private Database(string path)
    {
        _connection = new DatabaseConnection(path);
        _scanner = new DatabaseConnection(path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scanner.Dispose();
        _connection.Dispose();
    }

    /// <summary>Opens the folder's database, making it if need be.</summary>
    /// <exception cref="DataFolderException">The file is no database, or one of another emulator's tables.</exception>
    internal static Database Open(DataFolder folder)
    {
        string path = folder.PrivatePath("emulator.db");
        var database = new Database(path);
        try
        {
            database._connection.Open();
            database.EnsureSchema(path);
            database.EnsureSound(path);
            database._scanner.Open();
            database._scanner.Execute("PRAGMA query_only = ON", []);
            return database;
        }
        catch (SqliteException error)
        {
            database.Dispose();
            throw new DataFolderException($"{path}: {error.Message} Move the file away, or name another folder with --data DIR.", error);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement; returns the number of rows that it changed.</summary>
    internal int Execute(string sql, params (string Name, object? Value)[] values) => _connection.Execute(sql, values);

    /// <summary>Runs an INSERT of one row; returns the row's number, or null when there was nothing to insert.</summary>
    internal long? Insert(string sql, params (string Name, object? Value)[] values) =>
        (long?)_connection.ExecuteScalar(sql + " RETURNING rowid", values);

    /// <summary>Runs a query.</summary>
    internal List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] values) =>
        _connection.Query(sql, read, values);

    /// <summary>Runs a query that may look at many rows: nobody who writes, or asks for one row, has to wait for it.</summary>
    internal List<T> Scan<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] values) =>
        _scanner.Query(sql, read, values);

    /// <summary>Refuses a file that SQLite's own check finds damaged.</summary>
    private void EnsureSound(string path)
    {
        string found = Query("PRAGMA integrity_check(1)", row => row.GetString(0))[0];
        if (found != "ok")
        {
            throw new DataFolderException(
                $"{path} is damaged ({found.ReplaceLineEndings(" ")}). Move the file away, and the emulator makes a new one, "
                + "or name another folder with --data DIR.");
        }
    }

    /// <summary>Refuses tables that are not these before anything is written.</summary>
    private void EnsureSchema(string path)
    {
        int version = Query("PRAGMA user_version", row => row.GetInt32(0))[0];
        bool isNew = version == 0 && Query("SELECT COUNT(*) FROM sqlite_schema", row => row.GetInt32(0))[0] == 0;
        if (!isNew && version != Schema.Version)
        {
            throw new DataFolderException(
                $"{path} is a database of version {version}, and this emulator knows version {Schema.Version} alone. "
                + "Move the file away, and the emulator makes a new one, or name another folder with --data DIR.");
        }

        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
        if (isNew)
        {
            // In one transaction: broken off at any point, the database is new still.
            Execute($"BEGIN; {Schema.Create} PRAGMA user_version = {Schema.Version}; COMMIT;");
        }
    }
}
