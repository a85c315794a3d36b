namespace DevKit.Dps.Session
{
    /// <summary>A telemetry message that is to be sent.</summary>
    public sealed class TelemetryMessage
    {
        /// <summary>Makes a message.</summary>
        /// <param name="json">Its content.</param>
        /// <param name="body">The same in UTF-8.</param>
        /// <param name="properties">Its properties, encoded as in a topic.</param>
        public TelemetryMessage(string json, byte[] body, string properties)
        {
            Json = json;
            Body = body;
            Properties = properties;
        }

        /// <summary>Its content.</summary>
        public string Json { get; }

        /// <summary>Its content in UTF-8.</summary>
        public byte[] Body { get; }

        /// <summary>Its properties, encoded as in a topic.</summary>
        public string Properties { get; }
    }
}
