using DevKit.DpsEmulator.Host;
using Microsoft.Data.Sqlite;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A data folder's database as version 1 of it was, when there were certificates alone: its schema as SQLite showed it, and a device.</summary>
internal static class OldDatabase
{
    private const string Schema = """
        CREATE TABLE enrollment (
            registration_id TEXT PRIMARY KEY,
            device_id TEXT NOT NULL UNIQUE,
            enabled INTEGER NOT NULL,
            certificate BLOB NOT NULL,
            created TEXT NOT NULL);
        CREATE TABLE device (
            device_id TEXT PRIMARY KEY,
            registration_id TEXT NOT NULL,
            thumbprint TEXT NOT NULL,
            assigned_hub TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL,
            etag TEXT NOT NULL,
            desired TEXT NOT NULL,
            desired_version INTEGER NOT NULL,
            reported TEXT NOT NULL,
            reported_version INTEGER NOT NULL);
        CREATE TABLE telemetry (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id TEXT NOT NULL,
            received TEXT NOT NULL,
            properties TEXT NOT NULL,
            payload BLOB NOT NULL);
        CREATE INDEX telemetry_device ON telemetry (device_id, sequence);
        CREATE TABLE cloud_message (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id TEXT NOT NULL,
            properties TEXT NOT NULL,
            payload BLOB NOT NULL);
        CREATE INDEX cloud_message_device ON cloud_message (device_id, sequence);
        PRAGMA user_version = 1;
        """;

    private const string Rows = """
        INSERT INTO enrollment VALUES ($id, $id, 1, $certificate, '2026-11-21T21:44:47.9549366Z');
        INSERT INTO enrollment VALUES ('disabled', 'lamp', 0, $certificate, '2026-11-21T21:44:48.0000000Z');
        INSERT INTO device VALUES ($id, $id, $thumbprint, $hub, '2026-11-21T21:45:07.6488818Z', '2026-11-21T21:45:08.6488818Z', 'gSZBptgX',
            '{"fan":true}', 2, '{"speed":3}', 4);
        INSERT INTO telemetry VALUES (7, $id, '2026-11-21T21:45:07.6613677Z', '{"a":"b"}', X'6F6E65');
        INSERT INTO cloud_message VALUES (3, $id, '{}', X'6C61746572');
        """;

    /// <summary>Writes one with an enrolled and registered device.</summary>
    internal static void Write(string folder, string id, DeviceCertificate certificate)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "emulator.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Two constants.
        command.CommandText = Schema + Rows;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$certificate", certificate.Certificate.RawData);
        command.Parameters.AddWithValue("$thumbprint", certificate.Fingerprint);
        command.Parameters.AddWithValue("$hub", EmulatorOptions.DefaultHubName);
        command.ExecuteNonQuery();
    }

    /// <summary>The number that a database says of its version.</summary>
    internal static long Version(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "emulator.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Claims another version.</summary>
    internal static void SetVersion(string folder, int version)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "emulator.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // A number.
        command.CommandText = $"PRAGMA user_version = {version}";
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
