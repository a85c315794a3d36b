using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Storage;

/// <summary>The SQLite file that enrollments, devices and messages are kept in; one connection, one statement at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    private Database(SqliteConnection connection) => _connection = connection;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    /// <summary>Opens the folder's database, making it if need be.</summary>
    /// <exception cref="DataFolderException">The file is no database, or one of another emulator's tables.</exception>
    internal static Database Open(DataFolder folder)
    {
        string path = folder.PrivatePath("emulator.db");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        var database = new Database(connection);
        try
        {
            connection.Open();
            database.EnsureSchema(path);
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
    internal int Execute(string sql, params (string Name, object? Value)[] values)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(sql, values);
            return command.ExecuteNonQuery();
        }
    }

    /// <summary>Runs an INSERT of one row; returns the row's number, or null when there was nothing to insert.</summary>
    internal long? Insert(string sql, params (string Name, object? Value)[] values)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(sql + " RETURNING rowid", values);
            return (long?)command.ExecuteScalar();
        }
    }

    /// <summary>Runs a query.</summary>
    internal List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] values)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(sql, values);
            using SqliteDataReader reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    private SqliteCommand Command(string sql, (string Name, object? Value)[] values)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this project; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object? value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
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
