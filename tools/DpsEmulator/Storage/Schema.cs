namespace DevKit.DpsEmulator.Storage;

/// <summary>The database's tables, as the steps that led to them: a new database takes all, an older one those that it lacks.</summary>
internal static class Schema
{
    /// <summary>Step n makes version n + 1 of version n. A step that was released stays as it is.</summary>
    internal static IReadOnlyList<string> Steps { get; } = [CertificatesOnly, SymmetricKeys];

    private const string CertificatesOnly = """
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
        """;

    // SQLite cannot take NOT NULL from a column: the tables are made anew.
    private const string SymmetricKeys = """
        ALTER TABLE enrollment RENAME TO old_enrollment;
        CREATE TABLE enrollment (
            registration_id TEXT PRIMARY KEY,
            device_id TEXT NOT NULL UNIQUE,
            enabled INTEGER NOT NULL,
            certificate BLOB,
            symmetric_key BLOB,
            created TEXT NOT NULL,
            CHECK ((certificate IS NULL) <> (symmetric_key IS NULL)));
        INSERT INTO enrollment (registration_id, device_id, enabled, certificate, created)
            SELECT registration_id, device_id, enabled, certificate, created FROM old_enrollment;
        DROP TABLE old_enrollment;
        ALTER TABLE device RENAME TO old_device;
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
        INSERT INTO device (device_id, registration_id, thumbprint, assigned_hub, created, updated, etag,
                desired, desired_version, reported, reported_version)
            SELECT device_id, registration_id, thumbprint, assigned_hub, created, updated, etag,
                desired, desired_version, reported, reported_version
            FROM old_device;
        DROP TABLE old_device;
        """;
}
