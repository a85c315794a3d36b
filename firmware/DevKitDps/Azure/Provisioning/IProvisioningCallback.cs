namespace DevKit.Dps.Azure.Provisioning
{
    /// <summary>Who wants to know how far a registration is.</summary>
    public interface IProvisioningProgress
    {
        /// <summary>The service took the registration and has not decided yet: it is asked again after a pause.</summary>
        /// <param name="status">assigning or unassigned.</param>
        /// <param name="pauseSeconds">The pause, as the service wants it.</param>
        void OnAssigning(string status, int pauseSeconds);
    }
}
