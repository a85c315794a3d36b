using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.CertGen.OneBoard;

/// <summary>One run of the generator, after all input but the UDS has been checked.</summary>
internal sealed class Generation
{
    private readonly ImageFile _image;
    private readonly string _registrationId;
    private readonly Terminal _terminal;
    private readonly List<Func<DiceCredential, byte[], string>> _contents = [];

    /// <summary>Plans what is to be written.</summary>
    /// <exception cref="CommandException">Something can't be written where it was asked for.</exception>
    public Generation(ImageFile image, string registrationId, OneBoardOptions options, Terminal terminal)
    {
        _image = image;
        _registrationId = registrationId;
        _terminal = terminal;
        Files = new OutputFiles(terminal);

        Plan("--out", options.Out ?? OutputFiles.NameFor(registrationId, ".pem"),
            (credential, _) => Pem.Encode("CERTIFICATE", credential.AliasCertificate));
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
    public OutputFiles Files { get; }

    /// <summary>Derives the credential, writes its public parts and describes them.</summary>
    /// <exception cref="CommandException">A file can't be written.</exception>
    public void Run(byte[] uds, bool overwrite)
    {
        DiceCredential credential = DiceEngine.Derive(uds, _image.Bytes, _registrationId);

        // The alias private key is the device's; here nobody needs it.
        credential.Clear();
        Files.Write(overwrite, _contents.ConvertAll(content => content(credential, uds)));
        BoardReport report = BoardReport.Of(credential) with { Written = [.. Files.Paths] };
        _terminal.Report(report, report.Describe);
    }

    private void Plan(string option, string? path, Func<DiceCredential, byte[], string> content)
    {
        if (path != null)
        {
            Files.Add(option, path, _image.Path);
            _contents.Add(content);
        }
    }
}
