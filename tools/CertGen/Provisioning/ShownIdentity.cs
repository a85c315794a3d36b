using System.Security.Cryptography;
using DevKit.CommandLine;

namespace DevKit.CertGen.Provisioning;

/// <summary>What a board's console says at <c>show_identity</c>.</summary>
internal sealed record ShownIdentity
{
    private const string Label = "CERTIFICATE";
    private const string Begin = $"-----BEGIN {Label}-----";
    private const string End = $"-----END {Label}-----";

    public required string RegistrationId { get; init; }

    /// <summary>12 hex characters.</summary>
    public required string Mac { get; init; }

    /// <summary>Three numbers.</summary>
    public required string Firmware { get; init; }

    /// <summary>64 hex characters.</summary>
    public required string Fwid { get; init; }

    /// <summary>40 hex characters.</summary>
    public required string DeviceIdKeyId { get; init; }

    /// <summary>40 hex characters.</summary>
    public required string AliasKeyId { get; init; }

    /// <summary>DER.</summary>
    public required byte[] AliasCertificate { get; init; }

    /// <summary>The DeviceID certificate that the board shows below it, DER; null where no owner's CA has signed one.</summary>
    public byte[]? DeviceIdCertificate { get; init; }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="CommandException">Something is missing, or malformed.</exception>
    public static ShownIdentity Parse(ConsoleAnswer answer)
    {
        List<byte[]> certificates = FindCertificates(answer);
        string registrationId = answer.Find("Registration ID");
        if (certificates.Count == 0 || Dice.RegistrationId.FindProblem(registrationId) != null)
        {
            throw new CommandException(
                $"The board's answer to {answer.Command} was not understood. See that nothing else uses the port, and begin again.");
        }

        return new ShownIdentity
        {
            RegistrationId = registrationId,
            Mac = answer.Find("MAC"),
            Firmware = answer.Find("Firmware"),
            Fwid = answer.Find("FWID"),
            DeviceIdKeyId = answer.Find("DeviceID key id"),
            AliasKeyId = answer.Find("Alias key id"),
            AliasCertificate = certificates[0],
            DeviceIdCertificate = certificates.ElementAtOrDefault(1),
        };
    }

    /// <summary>Says that the board holds another UDS than the one that makes a DeviceID key; null if it does not.</summary>
    public string? FindOtherUds(string keyId)
        => DeviceIdKeyId == keyId ? null : $"DeviceID key id {DeviceIdKeyId} instead of {keyId}: it holds another UDS";

    /// <summary>Says that the board runs another image; null if it does not.</summary>
    public string? FindOtherImage(byte[] image)
        => Fwid == Hash(image) ? null : $"FWID {Fwid} instead of {Hash(image)}: it runs another image";

    /// <summary>Says that the board makes another certificate of the same UDS, image and registration ID; null if it does not.</summary>
    public string? FindOtherCertificate(byte[] certificate) => AliasCertificate.AsSpan().SequenceEqual(certificate)
        ? null
        : $"certificate SHA-256 {Hash(AliasCertificate)} instead of {Hash(certificate)}: it runs another engine";

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static List<byte[]> FindCertificates(ConsoleAnswer answer)
    {
        List<byte[]> certificates = [];
        string[] lines = [.. answer.Lines];
        for (int begin = Array.IndexOf(lines, Begin); begin >= 0; begin = Array.IndexOf(lines, Begin, begin + 1))
        {
            int end = Array.IndexOf(lines, End, begin);
            byte[] der = new byte[lines.Sum(line => line.Length)];
            if (end < 0 || !Convert.TryFromBase64String(string.Concat(lines[(begin + 1)..end]), der, out int length))
            {
                return [];
            }

            certificates.Add(der[..length]);
        }

        return certificates;
    }
}
