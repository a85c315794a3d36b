namespace DevKit.DpsEmulator.Hub;

/// <summary>The hubs that are here, by their DNS names.</summary>
internal sealed class HubNames(IReadOnlyList<string> names)
{
    /// <summary>All of them, as the emulator was told.</summary>
    internal IReadOnlyList<string> All => names;

    /// <summary>The first: where devices are made when nobody names a hub.</summary>
    internal string Default => names[0];

    /// <summary>A hub's name as the emulator was told it; null when there is no such hub.</summary>
    /// <param name="name">The name in any case, as DNS has it.</param>
    internal string? Find(string name) => names.FirstOrDefault(hub => hub.Equals(name, StringComparison.OrdinalIgnoreCase));
}
