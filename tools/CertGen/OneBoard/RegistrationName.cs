using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.OneBoard;

/// <summary>The registration ID: chosen, or made from MAC address and firmware version as the device makes it.</summary>
internal static class RegistrationName
{
    private const string VersionRemedy = "Write three numbers of 0 to 65535 without leading zeros, as 1.4.1.";

    /// <summary>Finds out the registration ID, by the options and, where they say nothing, by questions.</summary>
    /// <param name="options">The options.</param>
    /// <param name="image">The image, whose version counts when no other is given.</param>
    /// <param name="terminal">Who is asked, and warned.</param>
    /// <exception cref="CommandException">It is missing or malformed.</exception>
    public static string Read(OneBoardOptions options, ImageFile image, Terminal terminal)
    {
        string chosen = options.RegistrationId != null ? Validate(options.RegistrationId, terminal) : AskChosen(options, terminal);
        if (chosen.Length > 0)
        {
            return chosen;
        }

        byte[] address = options.Mac != null
            ? MacAddress.Parse(options.Mac, terminal)
            : terminal.Ask("MAC address", null, mac => MacAddress.Parse(mac, terminal));
        string? version = options.Firmware ?? AskVersion(options, image, terminal);
        return FromMac(address, version, image, terminal);
    }

    /// <summary>Checks a registration ID that was chosen, and warns of what a certificate can't rightly hold.</summary>
    /// <exception cref="CommandException">It is malformed.</exception>
    public static string Validate(string registrationId, Terminal terminal)
    {
        if (RegistrationId.FindProblem(registrationId) is { } problem)
        {
            string remedy = RegistrationId.FindLowerCaseSpelling(registrationId) is { } spelling
                ? $" Give it in lower case: --registration-id {spelling}"
                : "";
            throw new CommandException(problem + remedy);
        }

        if (RegistrationId.FindWarning(registrationId) is { } warning)
        {
            terminal.Warn(warning);
        }

        return registrationId;
    }

    /// <summary>Makes the registration ID as the device does.</summary>
    /// <param name="mac">Six bytes.</param>
    /// <param name="version">Three numbers.</param>
    /// <exception cref="CommandException">The version is malformed.</exception>
    public static string Make(byte[] mac, string version)
    {
        try
        {
            return RegistrationId.FromMac(mac, version);
        }
        catch (ArgumentException)
        {
            throw new CommandException($"The firmware version \"{version}\" is malformed. {VersionRemedy}");
        }
    }

    private static string AskChosen(OneBoardOptions options, Terminal terminal)
    {
        if (options.Mac != null)
        {
            return "";
        }

        terminal.Require(
            "--registration-id or --mac", "Give the ID that the device is set to, or the MAC address from which it makes its own.");
        return options.Firmware != null
            ? ""
            : terminal.Ask(
                "Preferred registration ID (empty: made from MAC address and firmware version)",
                null,
                answer => answer.Length == 0 ? answer : Validate(answer, terminal));
    }

    // Who gave the MAC address as an option is asked only for what the image does not state.
    private static string? AskVersion(OneBoardOptions options, ImageFile image, Terminal terminal)
        => terminal.IsInteractive && (options.Mac == null || image.Version == null)
            ? terminal.Ask("Firmware version", image.Version, ValidateVersion)
            : null;

    private static string ValidateVersion(string version)
    {
        Make(new byte[6], version);
        return version;
    }

    private static string FromMac(byte[] mac, string? version, ImageFile image, Terminal terminal)
    {
        string? ofImage = image.Version == null ? null : RegistrationId.FromMac(mac, image.Version);
        if (string.IsNullOrEmpty(version))
        {
            return ofImage ?? throw new CommandException($"The image {image.Path} states no version. Give it: --firmware 1.4.1");
        }

        string registrationId = Make(mac, version);
        if (ofImage != null && ofImage != registrationId)
        {
            terminal.Warn(
                $"the image states version {image.Version}, not {version}. "
                + "A device without a registration ID of its own makes it from the image's version, and would be refused.");
        }

        return registrationId;
    }
}
