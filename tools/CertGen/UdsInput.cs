using System.Text;
using DevKit.Dice;

namespace DevKit.CertGen;

/// <summary>Reads the Unique Device Secret.</summary>
internal static class UdsInput
{
    /// <summary>Asks for the UDS and reads a line.</summary>
    /// <param name="dialog">Who is asked.</param>
    /// <returns>32 bytes, for the caller to wipe.</returns>
    /// <exception cref="BadInputException">Nobody is there to be asked, or it is no UDS. The message does not show it.</exception>
    public static byte[] Ask(Dialog dialog)
    {
        dialog.Require("--uds", "Give \"--uds -\" and type the UDS, or pipe it in.");
        Prompt(dialog);
        return ReadLine(dialog);
    }

    /// <summary>Reads the UDS that an option gives, or a line of the input.</summary>
    /// <param name="option">64 hex characters, or <see cref="CertGenOptions.FromInput"/>.</param>
    /// <param name="dialog">Where a line is read from.</param>
    /// <returns>32 bytes, for the caller to wipe.</returns>
    /// <exception cref="BadInputException">It is no UDS. The message does not show it.</exception>
    public static byte[] Read(string option, Dialog dialog)
    {
        if (option != CertGenOptions.FromInput)
        {
            return Parse(Encoding.ASCII.GetBytes(option));
        }

        if (SecretLine.IsTyped(dialog.Input))
        {
            Prompt(dialog);
        }

        return ReadLine(dialog);
    }

    private static void Prompt(Dialog dialog)
    {
        dialog.Output.Write("DPS Unique Device Secret, 64 hex characters (not shown): ");
        dialog.Output.Flush();
    }

    private static byte[] ReadLine(Dialog dialog)
    {
        byte[] line = SecretLine.Read(dialog.Input)
            ?? throw new BadInputException("The input ended before the UDS. Type it, or pipe it in.");
        if (SecretLine.IsTyped(dialog.Input))
        {
            dialog.Output.WriteLine();
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
