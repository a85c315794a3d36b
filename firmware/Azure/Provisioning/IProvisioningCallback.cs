namespace DevKit.Azure.Provisioning
{
    /// <summary>Who wants to know how far a registration is, and may give it up.</summary>
    public interface IProvisioningCallback
    {
        /// <summary>The registration has come to another state, or waits in the same.</summary>
        /// <param name="status">The state.</param>
        /// <param name="state">What the service said of the registration; null before it has said anything.</param>
        /// <param name="pauseSeconds">How long is waited before the service is asked again; 0 where nothing is waited for.</param>
        /// <returns>Whether to go on. False ends the connection; where the registration has ended anyway it changes nothing.</returns>
        bool OnStatus(ProvisioningStatus status, RegistrationState state, int pauseSeconds);
    }
}
