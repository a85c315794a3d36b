using System.Security.Cryptography;
using System.Text;
using DevKit.CommandLine;
using Spectre.Console;

namespace DevKit.Sim.Commands;

/// <summary>Lines of the input that may be secrets: on a terminal they are asked for, and not shown.</summary>
internal static class SecretInput
{
    private const int LongestLine = 1024;

    /// <summary>Reads a line, and nothing of what follows it.</summary>
    /// <param name="name">What it is, for the question.</param>
    /// <returns>The line without its end; the caller wipes it.</returns>
    /// <exception cref="CommandException">The input ends before it, or it is too long.</exception>
    public static byte[] ReadLine(string name)
    {
        if (!Console.IsInputRedirected)
        {
            return Encoding.UTF8.GetBytes(AnsiConsole.Prompt(new TextPrompt<string>($"{name}:").Secret(null)));
        }

        using Stream input = Console.OpenStandardInput();
        byte[] line = new byte[LongestLine];
        try
        {
            int length = 0;
            while (length < line.Length && input.Read(line, length, 1) == 1 && line[length] != '\n')
            {
                length++;
            }

            return length is > 0 and < LongestLine
                ? line.AsSpan(0, length).TrimEnd((byte)'\r').ToArray()
                : throw new CommandException($"{name}: the input has no such line, or a longer one than {LongestLine} bytes; pipe one in.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(line);
        }
    }
}
