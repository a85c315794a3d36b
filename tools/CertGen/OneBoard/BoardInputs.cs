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
        Description = "The DPS Unique Device Secret, 64 hex characters; - reads it from the standard input, without echo at a console, "
            + "a file's name from that file. On the command line other users of this computer can see it (ps), and shells keep it in "
            + "their history: prefer - or a file.",
    };

    /// <summary>The registration ID.</summary>
    public static Option<string> CreateRegistrationIdOption() => new("--registration-id")
    {
        HelpName = "ID",
        Description = "The registration ID that the device is set to.",
    };
}
