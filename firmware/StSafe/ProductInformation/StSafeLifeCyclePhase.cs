namespace DevKit.StSafe.ProductInformation
{
    /// <summary>Phases of the chip's life.</summary>
    public enum StSafeLifeCyclePhase
    {
        /// <summary>Made, not yet personalised.</summary>
        Born = 1,

        /// <summary>In use.</summary>
        Operational = 3,

        /// <summary>Ended: it refuses most commands for ever.</summary>
        Terminated = 4,
    }
}
