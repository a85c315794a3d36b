using DevKit.Azure;

namespace DevKit.Dps.Session
{
    /// <summary>Which hub the device belongs to, under which name, and what it proves itself with there.</summary>
    public sealed class HubAssignment
    {
        /// <summary>Puts it together.</summary>
        public HubAssignment(string hub, string deviceId, CloudCredential credential)
        {
            Hub = hub;
            DeviceId = deviceId;
            Credential = credential;
        }

        /// <summary>Host name of the hub.</summary>
        public string Hub { get; }

        /// <summary>The device's name there.</summary>
        public string DeviceId { get; }

        /// <summary>What the device proves itself with.</summary>
        public CloudCredential Credential { get; }
    }
}
