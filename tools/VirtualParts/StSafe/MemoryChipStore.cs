namespace DevKit.VirtualParts.StSafe;

/// <summary>A chip's memory kept in this process, for tests.</summary>
public sealed class MemoryChipStore : IChipStore
{
    private ChipMemory? _memory;

    /// <summary>An empty store, or one that holds what another one held.</summary>
    public MemoryChipStore(MemoryChipStore? copied = null) => _memory = copied?.Load();

    /// <inheritdoc/>
    public ChipMemory? Load() => _memory?.Copy();

    /// <inheritdoc/>
    public void Save(ChipMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _memory = memory.Copy();
    }
}
