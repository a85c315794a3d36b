using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Storage;

/// <summary>
/// A connection to the database: one statement at a time, and each is compiled once, as compiling one takes longer than most take to run.
/// </summary>
internal sealed class DatabaseConnection : IDisposable
{
    /// <summary>How many statements are kept compiled: those of this project's own texts, and some of what is asked by queries.</summary>
    private const int MaximumCompiled = 200;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _compiled = new(StringComparer.Ordinal);

    internal DatabaseConnection(string path) =>
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            Forget();
            _connection.Dispose();
        }
    }

    /// <exception cref="SqliteException">The file is none that can be opened.</exception>
    internal void Open() => _connection.Open();

    /// <summary>Runs a statement; returns the number of rows that it changed.</summary>
    internal int Execute(string sql, (string Name, object? Value)[] values)
    {
        lock (_gate)
        {
            return Command(sql, values).ExecuteNonQuery();
        }
    }

    /// <summary>Runs a statement; returns the first value of its first row, or null.</summary>
    internal object? ExecuteScalar(string sql, (string Name, object? Value)[] values)
    {
        lock (_gate)
        {
            return Command(sql, values).ExecuteScalar();
        }
    }

    /// <summary>Runs a query.</summary>
    internal List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, (string Name, object? Value)[] values)
    {
        lock (_gate)
        {
            using SqliteDataReader reader = Command(sql, values).ExecuteReader();
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
        if (!_compiled.TryGetValue(sql, out SqliteCommand? command))
        {
            if (_compiled.Count >= MaximumCompiled)
            {
                Forget();
            }

            command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is of this project's making; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            _compiled[sql] = command;
        }

        command.Parameters.Clear();
        foreach ((string name, object? value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private void Forget()
    {
        foreach (SqliteCommand command in _compiled.Values)
        {
            command.Dispose();
        }

        _compiled.Clear();
    }
}
