namespace DevKit.CertGen;

/// <summary>What was asked for on the command line; null where an option was not given.</summary>
internal sealed class CertGenOptions
{
    public string? Image { get; init; }

    /// <summary>64 hex characters, or <see cref="FromInput"/>.</summary>
    public string? Uds { get; init; }

    public string? RegistrationId { get; init; }

    public string? Mac { get; init; }

    public string? Firmware { get; init; }

    public string? Out { get; init; }

    public string? DeviceIdRequest { get; init; }

    public string? DeviceIdCertificate { get; init; }

    public bool Force { get; init; }

    /// <summary>The UDS is read from standard input.</summary>
    public const string FromInput = "-";

    /// <summary>Refuses what is missing, and what contradicts itself.</summary>
    /// <exception cref="BadInputException">The options can't be carried out together.</exception>
    public void Check()
    {
        Require(Image, "--image", "Name the application image that the device runs: --image DevKitDps.pe");
        Require(Uds, "--uds", "Give \"--uds -\" and type the UDS, or pipe it in.");
        if (RegistrationId != null && (Mac != null || Firmware != null))
        {
            throw new BadInputException(
                $"--registration-id {RegistrationId} and {(Mac != null ? "--mac" : "--firmware")} exclude each other: "
                + "a registration ID is chosen, or made from MAC address and firmware version. Leave one of them out.");
        }

        if (RegistrationId == null)
        {
            Require(Mac, "--registration-id or --mac", "Give the ID that the device is set to, or the MAC address from which it makes its own.");
        }
    }

    private static void Require(string? value, string option, string remedy)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new BadInputException($"{option} is missing. {remedy}");
        }
    }
}
