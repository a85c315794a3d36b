using System.Security.Cryptography.X509Certificates;
using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.CertGen.Inspection;

/// <summary>Which of UDS, image and registration ID a certificate was made of; each stands in it by itself.</summary>
internal sealed record Verdict
{
    /// <summary>Whether the certificate is, byte for byte, what the three make.</summary>
    public required bool BelongTogether { get; init; }

    public required bool SameUds { get; init; }

    public required bool SameImage { get; init; }

    public required bool SameRegistrationId { get; init; }

    /// <summary>What the certificate states.</summary>
    public required Names Certificate { get; init; }

    /// <summary>What UDS, image and registration ID make.</summary>
    public required Names Given { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="certificate">The alias certificate.</param>
    /// <param name="stated">What it says.</param>
    /// <param name="made">What the engine makes of the three.</param>
    public static Verdict Of(X509Certificate2 certificate, InspectedCertificate stated, DiceCredential made)
    {
        Names given = new(Hex.Encode(made.DeviceIdKeyId), Hex.Encode(made.Fwid), made.RegistrationId);
        return new Verdict
        {
            BelongTogether = certificate.RawData.AsSpan().SequenceEqual(made.AliasCertificate),
            SameUds = stated.IssuerKeyId == given.DeviceIdKeyId,
            SameImage = stated.Fwid == given.Fwid,
            SameRegistrationId = stated.CommonName == given.RegistrationId,
            Certificate = new Names(stated.IssuerKeyId, stated.Fwid, stated.CommonName),
            Given = given,
        };
    }

    /// <summary>Writes it in words.</summary>
    public void Describe(TextWriter output)
    {
        if (BelongTogether)
        {
            output.WriteLine("They belong together: the device with this UDS and image shows this very certificate.");
            return;
        }

        output.WriteLine("They do not belong together: DPS would answer 401 (401002).");
        Describe(
            output, SameUds, "UDS", "DeviceID key id", Certificate.DeviceIdKeyId, Given.DeviceIdKeyId,
            "set the UDS that the certificate was made of");
        Describe(
            output, SameImage, "Image", "FWID", Certificate.Fwid, Given.Fwid, "enroll the certificate of the image that the board runs");
        Describe(
            output,
            SameRegistrationId,
            "Registration ID",
            "registration ID",
            Certificate.RegistrationId,
            Given.RegistrationId,
            "set the one that is enrolled, or enroll the device's");
        if (SameUds && SameImage && SameRegistrationId)
        {
            output.WriteLine(
                "Certificate: all three are the same and its bytes are not: it was altered, or another program made it. Make it again.");
        }
    }

    private static void Describe(TextWriter output, bool same, string what, string name, string? certificate, string? given, string remedy)
        => output.WriteLine(same
            ? $"{what}: the same"
            : $"{what}: differs. The certificate has the {name} {certificate}, given is {given}: {remedy}.");

    /// <summary>By what each of the three is known.</summary>
    internal sealed record Names(string? DeviceIdKeyId, string? Fwid, string? RegistrationId);
}
