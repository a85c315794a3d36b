namespace DevKit.Boot
{
    /// <summary>Boot's own version, which is not the application's.</summary>
    public static class BootVersion
    {
        /// <summary>The version, three numbers.</summary>
        public const string Text = "1.0.0";
    }
}
