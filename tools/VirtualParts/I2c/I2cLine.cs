using System.Globalization;
using DevKit.VirtualParts.Faults;
using NanoStandIns;

namespace DevKit.VirtualParts.I2c;

/// <summary>
/// The text protocol of an I2C bus, a line a transfer. <c>W 20 141799 88</c> writes bytes to address 20: both in hexadecimal, blanks
/// between the bytes as one likes; without bytes it is a probe. <c>R 20 5</c> reads 5 bytes, in decimal. Answers: <c>ACK</c>, with the
/// bytes read behind it; <c>NACK</c>; <c>TIMEOUT</c> when the bus timed out; <c>ERROR</c> with a reason when the line is none of these.
/// </summary>
public static class I2cLine
{
    private const int MostRead = 1024;
    private const int HighestAddress = 0x7F;

    /// <summary>Executes one line.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="line">The line without its end.</param>
    /// <returns>The answer without a line end.</returns>
    public static string Execute(I2cBus bus, string line)
    {
        ArgumentNullException.ThrowIfNull(bus);
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return "ERROR a line is W or R, an address, and bytes or a count, as in 'W 20 14179988' and 'R 20 5'";
        }

        if (!int.TryParse(words[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int address)
            || address is < 0 or > HighestAddress)
        {
            return $"ERROR '{words[1]}' is no 7-bit address in hexadecimal";
        }

        return words[0] switch
        {
            "W" or "w" => Write(bus, address, string.Concat(words[2..])),
            "R" or "r" => Read(bus, address, words.Length == 3 ? words[2] : ""),
            _ => $"ERROR '{words[0]}' is neither W nor R",
        };
    }

    private static string Write(I2cBus bus, int address, string hex)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            return "ERROR the bytes are not pairs of hexadecimal digits";
        }

        return Transfer(bus, address, bytes, []);
    }

    private static string Read(I2cBus bus, int address, string count)
    {
        return int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= MostRead
            ? Transfer(bus, address, [], new byte[number])
            : $"ERROR '{count}' is no count of 1 to {MostRead}, in decimal";
    }

    private static string Transfer(I2cBus bus, int address, byte[] write, byte[] read)
    {
        try
        {
            return bus.Transfer(address, write, read) switch
            {
                I2cOutcome.Complete => ("ACK " + Convert.ToHexString(read)).TrimEnd(),
                I2cOutcome.NotAcknowledged => "NACK",
                _ => "TIMEOUT",
            };
        }
        catch (PowerLostException)
        {
            return "NACK";
        }
    }
}
