namespace DevKit.StSafe.ProductInformation
{
    /// <summary>Members of the chip's family.</summary>
    public enum StSafeFamily
    {
        /// <summary>A mask that is not known to this driver.</summary>
        Unknown,

        /// <summary>STSAFE-A100, the DevKit's.</summary>
        A100,

        /// <summary>STSAFE-A110.</summary>
        A110,

        /// <summary>STSAFE-A120.</summary>
        A120,
    }
}
