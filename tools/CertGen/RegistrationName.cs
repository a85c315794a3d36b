using DevKit.Dice;

namespace DevKit.CertGen;

/// <summary>The registration ID: chosen, or made from MAC address and firmware version as the device makes it.</summary>
internal static class RegistrationName
{
    /// <summary>Finds out the registration ID, by the options and, where they say nothing, by questions.</summary>
    /// <param name="options">The options.</param>
    /// <param name="image">The image, whose version counts when no other is given.</param>
    /// <param name="dialog">Who is asked.</param>
    /// <param name="error">Where warnings go.</param>
    /// <exception cref="BadInputException">It is missing or malformed.</exception>
    public static string Read(CertGenOptions options, ImageFile image, Dialog dialog, TextWriter error)
    {
        string chosen = options.RegistrationId ?? AskChosen(options, dialog);
        if (chosen.Length > 0 || options.RegistrationId != null)
        {
            return Validate(chosen, error);
        }

        string mac = options.Mac ?? dialog.Ask("MAC address");
        byte[] address = MacAddress.Parse(mac);
        string? version = options.Firmware ?? AskVersion(options, image, dialog);
        return FromMac(address, version, image, error);
    }

    private static string AskChosen(CertGenOptions options, Dialog dialog)
    {
        if (options.Mac != null)
        {
            return "";
        }

        dialog.Require(
            "--registration-id or --mac", "Give the ID that the device is set to, or the MAC address from which it makes its own.");
        return options.Firmware == null ? dialog.Ask("Preferred registration ID (empty: made from MAC address and firmware version)") : "";
    }

    // Who gave the MAC address as an option is asked only for what the image does not state.
    private static string? AskVersion(CertGenOptions options, ImageFile image, Dialog dialog)
        => dialog.IsInteractive && (options.Mac == null || image.Version == null) ? dialog.Ask("Firmware version", image.Version) : null;

    private static string Validate(string registrationId, TextWriter error)
    {
        if (RegistrationId.FindProblem(registrationId) is { } problem)
        {
            string remedy = RegistrationId.FindLowerCaseSpelling(registrationId) is { } spelling
                ? $" Give it in lower case: --registration-id {spelling}"
                : "";
            throw new BadInputException(problem + remedy);
        }

        if (RegistrationId.FindWarning(registrationId) is { } warning)
        {
            error.WriteLine($"Warning: {warning}");
        }

        return registrationId;
    }

    private static string FromMac(byte[] mac, string? version, ImageFile image, TextWriter error)
    {
        string? ofImage = image.Version == null ? null : RegistrationId.FromMac(mac, image.Version);
        if (string.IsNullOrEmpty(version))
        {
            return ofImage ?? throw new BadInputException($"The image {image.Path} states no version. Give it: --firmware 1.4.1");
        }

        string registrationId = Make(mac, version);
        if (ofImage != null && ofImage != registrationId)
        {
            error.WriteLine(
                $"Warning: the image states version {image.Version}, not {version}. "
                + "A device without a registration ID of its own makes it from the image's version, and would be refused.");
        }

        return registrationId;
    }

    private static string Make(byte[] mac, string version)
    {
        try
        {
            return RegistrationId.FromMac(mac, version);
        }
        catch (ArgumentException)
        {
            throw new BadInputException(
                $"The firmware version \"{version}\" is malformed. Write three numbers of 0 to 65535 without leading zeros, as 1.4.1.");
        }
    }
}
