using System.Text;

namespace DevKit.Sim.Run;

/// <summary>The bytes that a terminal sends for a key.</summary>
internal static class TerminalKeys
{
    public static byte[] ToBytes(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.UpArrow => "\e[A"u8.ToArray(),
        ConsoleKey.DownArrow => "\e[B"u8.ToArray(),
        ConsoleKey.RightArrow => "\e[C"u8.ToArray(),
        ConsoleKey.LeftArrow => "\e[D"u8.ToArray(),
        ConsoleKey.Delete => "\e[3~"u8.ToArray(),
        ConsoleKey.Backspace => [0x7F],
        ConsoleKey.Enter => [0x0D],
        _ => key.KeyChar == '\0' ? [] : Encoding.UTF8.GetBytes([key.KeyChar]),
    };
}
