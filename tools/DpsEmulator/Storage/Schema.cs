namespace DevKit.DpsEmulator.Storage;

/// <summary>The database's tables.</summary>
internal static class Schema
{
    /// <summary>What SQLite's <c>user_version</c> is in a database of these tables: a change of them changes this number.</summary>
    internal const int Version = 4;

    /// <summary>Makes the tables.</summary>
    internal const string Create = """
        CREATE TABLE enrollment (
            kind INTEGER NOT NULL,
            id TEXT NOT NULL COLLATE NOCASE,
            attestation INTEGER NOT NULL,
            primary_value BLOB NOT NULL,
            secondary_value BLOB,
            settings TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL,
            etag TEXT NOT NULL,
            PRIMARY KEY (kind, id));
        CREATE TABLE registration (
            registration_id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
            enrollment_group TEXT COLLATE NOCASE,
            device_id TEXT,
            assigned_hub TEXT,
            status TEXT NOT NULL,
            substatus TEXT,
            error_code INTEGER,
            error_message TEXT,
            created TEXT NOT NULL,
            updated TEXT NOT NULL,
            etag TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX registration_group ON registration (enrollment_group, registration_id);
        CREATE TABLE device (
            id INTEGER PRIMARY KEY,
            hub TEXT NOT NULL,
            device_id TEXT NOT NULL,
            registration_id TEXT,
            authentication INTEGER NOT NULL,
            primary_secret BLOB,
            secondary_secret BLOB,
            enabled INTEGER NOT NULL,
            status_reason TEXT,
            status_updated TEXT,
            generation_id TEXT NOT NULL,
            etag TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL,
            connected INTEGER NOT NULL,
            connection_updated TEXT,
            last_activity TEXT,
            tags TEXT NOT NULL,
            desired TEXT NOT NULL,
            desired_metadata TEXT NOT NULL,
            desired_version INTEGER NOT NULL,
            reported TEXT NOT NULL,
            reported_metadata TEXT NOT NULL,
            reported_version INTEGER NOT NULL,
            twin_version INTEGER NOT NULL,
            twin_revision INTEGER NOT NULL,
            UNIQUE (hub, device_id));
        CREATE INDEX device_state ON device (hub, enabled, connected);
        CREATE TABLE telemetry (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            device INTEGER NOT NULL REFERENCES device ON DELETE CASCADE,
            received TEXT NOT NULL,
            properties TEXT NOT NULL,
            payload BLOB NOT NULL);
        CREATE INDEX telemetry_device ON telemetry (device, sequence);
        CREATE TABLE cloud_message (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            device INTEGER NOT NULL REFERENCES device ON DELETE CASCADE,
            message_id TEXT NOT NULL,
            properties TEXT NOT NULL,
            payload BLOB NOT NULL,
            ack INTEGER NOT NULL,
            expires TEXT NOT NULL,
            deliveries INTEGER NOT NULL,
            locked_until TEXT);
        CREATE INDEX cloud_message_device ON cloud_message (device, sequence);
        CREATE INDEX cloud_message_expires ON cloud_message (expires);
        CREATE TABLE feedback (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            device INTEGER NOT NULL REFERENCES device ON DELETE CASCADE,
            message_id TEXT NOT NULL,
            status TEXT NOT NULL,
            ended TEXT NOT NULL,
            deliveries INTEGER NOT NULL,
            lock_token TEXT,
            locked_until TEXT);
        CREATE INDEX feedback_device ON feedback (device);
        """;
}
