namespace DevKit.CommandLine;

/// <summary>Takes away what editors and spreadsheets put around a secret, without a copy of it.</summary>
public static class SecretText
{
    /// <summary>Takes away what is around a line: a byte order mark of UTF-8 before it, and its end.</summary>
    public static ReadOnlySpan<byte> TrimLine(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        return (text.StartsWith(byteOrderMark) ? text[byteOrderMark.Length..] : text).TrimEnd("\r\n"u8);
    }

    /// <summary>Takes away what is around hexadecimal digits: a byte order mark, blanks, ends of lines, quotes, <c>0x</c>.</summary>
    public static ReadOnlySpan<byte> TrimHex(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> trimmed = TrimLine(text).Trim(" \t\r\n\""u8);
        return trimmed.StartsWith("0x"u8) || trimmed.StartsWith("0X"u8) ? trimmed[2..] : trimmed;
    }
}
