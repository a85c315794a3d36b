namespace DevKit.DpsEmulator.Storage;

/// <summary>The database's tables.</summary>
internal static class Schema
{
    /// <summary>What SQLite's <c>user_version</c> is in a database of these tables: a change of them changes this number.</summary>
    internal const int Version = 3;

    /// <summary>Makes the tables.</summary>
    internal const string Create = """
        CREATE TABLE enrollment (
            registration_id TEXT PRIMARY KEY,
            device_id TEXT NOT NULL UNIQUE,
            enabled INTEGER NOT NULL,
            certificate BLOB,
            symmetric_key BLOB,
            created TEXT NOT NULL,
            CHECK ((certificate IS NULL) <> (symmetric_key IS NULL)));
        CREATE TABLE device (
            device_id TEXT PRIMARY KEY,
            registration_id TEXT,
            thumbprint TEXT,
            symmetric_key BLOB,
            assigned_hub TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL,
            etag TEXT NOT NULL,
            desired TEXT NOT NULL,
            desired_version INTEGER NOT NULL,
            reported TEXT NOT NULL,
            reported_version INTEGER NOT NULL,
            CHECK ((thumbprint IS NULL) <> (symmetric_key IS NULL)));
        CREATE TABLE telemetry (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id TEXT NOT NULL REFERENCES device ON DELETE CASCADE,
            received TEXT NOT NULL,
            properties TEXT NOT NULL,
            payload BLOB NOT NULL);
        CREATE INDEX telemetry_device ON telemetry (device_id, sequence);
        CREATE TABLE cloud_message (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id TEXT NOT NULL REFERENCES device ON DELETE CASCADE,
            properties TEXT NOT NULL,
            payload BLOB NOT NULL);
        CREATE INDEX cloud_message_device ON cloud_message (device_id, sequence);
        """;
}
