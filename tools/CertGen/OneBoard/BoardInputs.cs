using System.CommandLine;

namespace DevKit.CertGen.OneBoard;

/// <summary>The options that say which board it is, alike in every command that derives an identity.</summary>
internal static class BoardInputs
{
    /// <summary>The application image.</summary>
    public static Option<string> CreateImageOption() => new("--image")
    {
        HelpName = "FILE",
        Description = "The application image that the device measures and runs, whole.",
    };

    /// <summary>The Unique Device Secret.</summary>
    public static Option<string> CreateUdsOption() => new("--uds")
    {
        HelpName = "-|FILE|HEX",
        Description = "The DPS Unique Device Secret, 64 hex characters, from a file, or - for a line of the input, which a console does "
            + "not show. On the command line itself others can see it (ps), and the shell's history keeps it.",
    };

    /// <summary>The registration ID.</summary>
    public static Option<string> CreateRegistrationIdOption() => new("--registration-id")
    {
        HelpName = "ID",
        Description = "The registration ID that the device is set to.",
    };
}
