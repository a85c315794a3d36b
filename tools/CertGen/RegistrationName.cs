using DevKit.Dice;

namespace DevKit.CertGen;

/// <summary>The registration ID: chosen, or made from MAC address and firmware version as the device makes it.</summary>
internal static class RegistrationName
{
    /// <summary>Checks a chosen registration ID.</summary>
    /// <exception cref="BadInputException">The service would refuse it.</exception>
    public static string Check(string registrationId, TextWriter error)
    {
        if (RegistrationId.FindProblem(registrationId) is { } problem)
        {
            throw new BadInputException(problem);
        }

        if (RegistrationId.FindWarning(registrationId) is { } warning)
        {
            error.WriteLine($"Warning: {warning}");
        }

        return registrationId;
    }

    /// <summary>Makes the registration ID that a device with this MAC address makes for itself.</summary>
    /// <param name="mac">MAC address.</param>
    /// <param name="version">Firmware version; null or empty for the image's own.</param>
    /// <param name="image">The image.</param>
    /// <param name="error">Where warnings go.</param>
    /// <exception cref="BadInputException">An address or a version is malformed, or there is no version.</exception>
    public static string FromMac(string mac, string? version, ImageFile image, TextWriter error)
    {
        byte[] address = MacAddress.Parse(mac);
        string? ofImage = image.Version == null ? null : RegistrationId.FromMac(address, image.Version);
        if (string.IsNullOrEmpty(version))
        {
            return ofImage ?? throw new BadInputException($"The image {image.Path} states no version. Give it: --firmware 1.4.1");
        }

        string registrationId = Make(address, version);
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
