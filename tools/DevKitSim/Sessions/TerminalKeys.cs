using System.Text;

namespace DevKit.Sim.Sessions;

/// <summary>The bytes that a terminal sends for keys.</summary>
internal sealed class TerminalKeys
{
    // A character outside of the basic plane comes as two keys.
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();

    public byte[] ToBytes(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.UpArrow => "\e[A"u8.ToArray(),
        ConsoleKey.DownArrow => "\e[B"u8.ToArray(),
        ConsoleKey.RightArrow => "\e[C"u8.ToArray(),
        ConsoleKey.LeftArrow => "\e[D"u8.ToArray(),
        ConsoleKey.Delete => "\e[3~"u8.ToArray(),
        ConsoleKey.Backspace => [0x7F],
        ConsoleKey.Enter => [0x0D],
        _ => key.KeyChar == '\0' ? [] : Encode(key.KeyChar),
    };

    private byte[] Encode(char c)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(1)];
        return bytes[.._encoder.GetBytes([c], bytes, flush: false)];
    }
}
