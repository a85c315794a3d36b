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

    /// <summary>Opens the folder's database, making it if need be, and bringing an older one up to date.</summary>
    /// <exception cref="DataFolderException">The file is no database, or of a newer emulator.</exception>
    internal static Database Open(DataFolder folder)
    {
        string path = folder.PrivatePath("emulator.db");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        var database = new Database(connection);
        try
        {
            connection.Open();
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = NORMAL");
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

    /// <summary>Runs an INSERT; returns the row's number.</summary>
    internal long Insert(string sql, params (string Name, object? Value)[] values)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(sql + " RETURNING rowid", values);
            return (long)command.ExecuteScalar()!;
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

    private void EnsureSchema(string path)
    {
        int version = Query("PRAGMA user_version", row => row.GetInt32(0))[0];
        if (version < 0 || version > Schema.Steps.Count)
        {
            throw new DataFolderException(
                $"{path} has version {version}, this emulator knows {Schema.Steps.Count}: take a newer emulator, or name another folder with --data DIR.");
        }

        for (; version < Schema.Steps.Count; version++)
        {
            // In one transaction: broken off at any point, the database is of the old version still.
            Execute($"BEGIN; {Schema.Steps[version]} PRAGMA user_version = {version + 1}; COMMIT;");
        }
    }
}
