using DevKit.CommandLine;

namespace DevKit.CertGen.OneBoard;

/// <summary>What was given on the command line; null where an option was not.</summary>
internal sealed class OneBoardOptions
{
    /// <summary>The application image's file.</summary>
    public string? Image { get; init; }

    /// <summary>A file's name, 64 hex characters, or <see cref="UdsInput.FromInput"/>.</summary>
    public string? Uds { get; init; }

    /// <summary>The registration ID that the device is set to.</summary>
    public string? RegistrationId { get; init; }

    /// <summary>The MAC address of which the device makes its own.</summary>
    public string? Mac { get; init; }

    /// <summary>The firmware version that goes with the MAC address.</summary>
    public string? Firmware { get; init; }

    /// <summary>Where the alias certificate goes.</summary>
    public string? Out { get; init; }

    /// <summary>Where the request for the DeviceID key goes.</summary>
    public string? DeviceIdRequest { get; init; }

    /// <summary>Where the self-signed DeviceID certificate goes.</summary>
    public string? DeviceIdCertificate { get; init; }

    /// <summary>Whether files that exist are replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Refuses what contradicts itself.</summary>
    /// <exception cref="CommandException">The options can't be carried out together.</exception>
    public void Validate()
    {
        if (RegistrationId != null && (Mac != null || Firmware != null))
        {
            throw new CommandException(
                $"--registration-id {RegistrationId} and {(Mac != null ? "--mac" : "--firmware")} exclude each other: "
                + "a registration ID is chosen, or made from MAC address and firmware version. Leave one of them out.");
        }
    }
}
