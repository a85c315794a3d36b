using System.Text;
using DevKit.Boot;
using DevKit.Boot.Settings;
using DevKit.Support.Boards;
using DevKit.Support.Machines;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Sim.Tests;

/// <summary>What stands in a board's folder, as the firmware's store reads it.</summary>
internal static class StoredSettings
{
    /// <summary>A setting's text, or null when it is not set.</summary>
    public static string? ReadText(string boardFolder, Setting setting)
    {
        using TestMachine machine = new();
        machine.Bus.Attach(VirtualStSafe.Address, new VirtualStSafe(new FileChipStore(Path.Combine(boardFolder, "stsafe.json"))));
        SettingValue value = MachineGate.Use(machine, () => BoardParts.Open().Store.Read(setting));
        Assert.AreNotEqual(SettingState.Unrecognized, value.State, value.Problem);
        return value.State == SettingState.Set ? Encoding.UTF8.GetString(value.Bytes) : null;
    }
}
