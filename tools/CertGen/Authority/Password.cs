using System.CommandLine;
using System.Text;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Authority;

/// <summary>The password that a CA's key is encrypted with, in UTF-8.</summary>
internal static class Password
{
    private const string FromInput = "-";
    private const string Question = "Password of the CA's key";

    // NIST SP 800-63B, 5.1.1.2.
    private const int Shortest = 8;
    private const int Longest = 1024;

    /// <summary>The option that says where it comes from.</summary>
    public static Option<string> CreateOption() => new("--password")
    {
        HelpName = "-|FILE",
        Description = "The password of the CA's key, from a file, or - for a line of the input, which a console does not show. A console "
            + "asks for it without this option.",
    };

    /// <summary>Reads the password for a new key. Who types it types it twice.</summary>
    /// <returns>UTF-8, for the caller to wipe.</returns>
    /// <exception cref="CommandException">There is none, it is too short, or the second differs.</exception>
    public static byte[] ReadNew(string? option, Terminal terminal) => Retry(option, terminal, () => ReadTwice(option, terminal));

    /// <summary>Does something with a password that a person may mistype, up to three times; what a file holds is tried once.</summary>
    /// <exception cref="CommandException">The last attempt failed.</exception>
    public static T Retry<T>(string? option, Terminal terminal, Func<T> attempt)
        => option is null or FromInput ? terminal.Retry(attempt) : attempt();

    /// <summary>Reads the password of a key.</summary>
    /// <returns>UTF-8, for the caller to wipe.</returns>
    /// <exception cref="CommandException">There is none.</exception>
    public static byte[] Read(string? option, Terminal terminal)
    {
        if (option is not (null or FromInput))
        {
            return SecretFile.ReadLine("a password", option, Longest, terminal);
        }

        if (option == null)
        {
            terminal.Require("--password", "Give \"--password -\" and pipe it in, or name the file that holds it.");
        }

        return terminal.ReadSecret(Question, Encoding.UTF8);
    }

    private static byte[] ReadTwice(string? option, Terminal terminal)
    {
        byte[] password = Read(option, terminal);
        byte[]? again = null;
        try
        {
            if (Encoding.UTF8.GetCharCount(password) < Shortest)
            {
                throw new CommandException($"The password is too short. Take one of at least {Shortest} characters.");
            }

            again = terminal.IsAtConsole && option is null or FromInput ? terminal.ReadSecret($"{Question}, again", Encoding.UTF8) : null;
            return again == null || SecretBytes.AreEqual(password, again)
                ? (byte[])password.Clone()
                : throw new CommandException("The two passwords differ. Type the same one twice.");
        }
        finally
        {
            SecretBytes.Clear(password);
            SecretBytes.Clear(again);
        }
    }
}
