using DevKit.Boot.Settings;
using DevKit.Support.Chip;

namespace DevKit.Boot.Tests.Settings;

/// <summary>The settings in a rig's chip.</summary>
internal static class ChipRigSettings
{
    /// <summary>A store on the rig's driver: it keeps nothing of its own.</summary>
    public static SettingsStore Settings(this ChipRig rig) => new(rig.Driver);
}
