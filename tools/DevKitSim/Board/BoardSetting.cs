namespace DevKit.Sim.Board;

/// <summary>A setting for a board's console.</summary>
/// <param name="Name">What stands behind <c>set_</c> in the console's command, such as <c>wifissid</c>.</param>
/// <param name="Value">The value, UTF-8; may be a secret.</param>
internal sealed record BoardSetting(string Name, byte[] Value);
