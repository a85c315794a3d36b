namespace DevKit.VirtualParts.StSafe;

/// <summary>Where a virtual chip's memory outlives its power.</summary>
public interface IChipStore
{
    /// <summary>What was kept last, as an object of its own.</summary>
    /// <returns>The memory, or null when nothing was ever kept: a new chip.</returns>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    ChipMemory? Load();

    /// <summary>
    /// Keeps a memory: afterwards, whatever happens at whatever instant, either the one kept before stands there or this one, whole.
    /// </summary>
    void Save(ChipMemory memory);
}
