namespace DevKit.Dps
{
    /// <summary>What holds where the settings say nothing. Change it here and build to ship boards that need fewer settings.</summary>
    public static class ApplicationDefaults
    {
        /// <summary>The global endpoint of the Device Provisioning Service.</summary>
        public const string DpsEndpoint = "global.azure-devices-provisioning.net";

        /// <summary>The ID scope of the provisioning service; empty when each board has its own in its settings.</summary>
        public const string IdScope = "";

        /// <summary>What the owner's allocation function is told of the device: JSON, or null for nothing.</summary>
        public const string DpsPayload = null;

        /// <summary>Seconds between two telemetry messages, unless the twin desires another interval.</summary>
        public const int TelemetrySeconds = 10;
    }
}
