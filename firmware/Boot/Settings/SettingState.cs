namespace DevKit.Boot.Settings
{
    /// <summary>What stands where a setting is kept.</summary>
    public enum SettingState
    {
        /// <summary>Nothing: the zone is erased (00 or FF).</summary>
        NotSet,

        /// <summary>A value of the setting's format.</summary>
        Set,

        /// <summary>Something that is not of the setting's format. It is reported and left alone.</summary>
        Unrecognized,
    }
}
