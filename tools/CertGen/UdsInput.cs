using System.Text;
using DevKit.Dice;

namespace DevKit.CertGen;

/// <summary>Takes in the Unique Device Secret.</summary>
internal static class UdsInput
{
    /// <summary>Reads the UDS from an option, or a line of the input.</summary>
    /// <param name="option">64 hex characters, or <see cref="CertGenOptions.FromInput"/>.</param>
    /// <param name="input">Where a line is read from.</param>
    /// <param name="prompt">Where it is asked for, when a person is to type it.</param>
    /// <returns>32 bytes, for the caller to wipe.</returns>
    /// <exception cref="BadInputException">It is no UDS. The message does not tell it.</exception>
    public static byte[] Read(string option, TextReader input, TextWriter prompt)
    {
        if (option != CertGenOptions.FromInput)
        {
            return Parse(Encoding.ASCII.GetBytes(option));
        }

        if (SecretLine.IsTyped(input))
        {
            Ask(prompt);
        }

        return ReadLine(input, prompt);
    }

    /// <summary>Asks for the UDS and reads a line.</summary>
    /// <inheritdoc cref="Read"/>
    public static byte[] AskAndRead(TextReader input, TextWriter prompt)
    {
        Ask(prompt);
        return ReadLine(input, prompt);
    }

    private static void Ask(TextWriter prompt)
    {
        prompt.Write("DPS Unique Device Secret, 64 hex characters (not shown): ");
        prompt.Flush();
    }

    private static byte[] ReadLine(TextReader input, TextWriter prompt)
    {
        byte[] line = SecretLine.Read(input) ?? throw new BadInputException("The input ended before the UDS. Type it, or pipe it in.");
        if (SecretLine.IsTyped(input))
        {
            prompt.WriteLine();
        }

        return Parse(line);
    }

    /// <summary>Parses and wipes a text.</summary>
    private static byte[] Parse(byte[] text)
    {
        try
        {
            return Uds.Parse(text, out string problem)
                ?? throw new BadInputException($"{problem} Enter the UDS that the device holds.");
        }
        finally
        {
            SecretBytes.Clear(text);
        }
    }
}
