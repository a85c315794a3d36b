using System.Security.Cryptography;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.CertGen;

/// <summary>One run of the generator, after all input but the UDS has been checked.</summary>
internal sealed class Generation
{
    private readonly ImageFile _image;
    private readonly string _registrationId;
    private readonly List<Func<DiceCredential, byte[], string>> _contents = [];

    /// <summary>Plans what is to be written.</summary>
    /// <exception cref="BadInputException">Something can't be written where it was asked for.</exception>
    public Generation(ImageFile image, string registrationId, CertGenOptions options)
    {
        _image = image;
        _registrationId = registrationId;

        // A colon is no part of a name on Windows.
        string defaultOut = registrationId.Replace(':', '_') + ".pem";
        Plan("--out", options.Out ?? defaultOut, (credential, _) => Pem.Encode("CERTIFICATE", credential.AliasCertificate));
        Plan(
            "--device-id-request",
            options.DeviceIdRequest,
            (_, uds) => Pem.Encode("CERTIFICATE REQUEST", DiceEngine.CreateDeviceIdRequest(uds)));
        Plan(
            "--device-id-certificate",
            options.DeviceIdCertificate,
            (_, uds) => Pem.Encode("CERTIFICATE", DiceEngine.CreateDeviceIdCertificate(uds)));
    }

    /// <summary>Where things will be written.</summary>
    public OutputFiles Files { get; } = new();

    /// <summary>Derives the credential, writes its public parts and describes them.</summary>
    /// <exception cref="BadInputException">A file can't be written.</exception>
    public void Run(byte[] uds, bool overwrite, TextWriter output)
    {
        DiceCredential credential = DiceEngine.Derive(uds, _image.Bytes, _registrationId);

        // The alias private key is the device's; here nobody needs it.
        credential.Clear();
        Files.Write(overwrite, _contents.ConvertAll(content => content(credential, uds)));
        Describe(credential, output);
    }

    private void Plan(string option, string? path, Func<DiceCredential, byte[], string> content)
    {
        if (path != null)
        {
            Files.Add(option, path, _image.Path);
            _contents.Add(content);
        }
    }

    /// <summary>Prints, in the words of the console's show_identity, what the device will show too.</summary>
    private void Describe(DiceCredential credential, TextWriter output)
    {
        output.WriteLine($"Registration ID: {credential.RegistrationId}");
        output.WriteLine($"FWID: {Hex.Encode(credential.Fwid)}");
        output.WriteLine($"DeviceID key id: {Hex.Encode(credential.DeviceIdKeyId)}");
        output.WriteLine($"Alias key id: {Hex.Encode(credential.AliasKeyId)}");
        output.WriteLine($"Certificate SHA-256: {Hex.Encode(Sha256.Hash(credential.AliasCertificate))}");
        output.WriteLine($"Certificate SHA-1 (thumbprint in Azure's portal): {GetThumbprint(credential.AliasCertificate)}");
        output.WriteLine($"Written: {string.Join(", ", Files.Paths)}");
    }

#pragma warning disable CA5350 // A name for the certificate, not a protection: the portal shows SHA-1.
    private static string GetThumbprint(byte[] certificate) => Convert.ToHexString(SHA1.HashData(certificate));
#pragma warning restore CA5350
}
