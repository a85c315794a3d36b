namespace DevKit.CertGen;

/// <summary>Asks for what the command line did not say: image, UDS, registration ID or MAC address and firmware version.</summary>
internal sealed class Interview(TextReader input, TextWriter output, TextWriter error)
{
    private const string DefaultImage = "DevKitDps.pe";

    public ImageFile AskImage() => ImageFile.Read(Ask("Application image", DefaultImage), error);

    public byte[] AskUds() => UdsInput.AskAndRead(input, output);

    public string AskRegistrationId(ImageFile image)
    {
        string chosen = Ask("Preferred registration ID (empty: made from MAC address and firmware version)", null);
        if (chosen.Length > 0)
        {
            return RegistrationName.Check(chosen, error);
        }

        string mac = Ask("MAC address", null);
        _ = MacAddress.Parse(mac);
        return RegistrationName.FromMac(mac, Ask("Firmware version", image.Version), image, error);
    }

    /// <summary>Asks whether files that exist may be replaced; true when they may.</summary>
    /// <exception cref="BadInputException">They may not.</exception>
    public bool AskOverwrite(OutputFiles files)
    {
        string? path = files.FindExisting();
        if (path == null)
        {
            return false;
        }

        return Ask($"{path} exists already. Replace it? (yes/no)", "no").Equals("yes", StringComparison.OrdinalIgnoreCase)
            ? true
            : throw new BadInputException($"{path} was kept and nothing was written. Answer yes to replace it, or name another file with --out.");
    }

    private string Ask(string question, string? proposal)
    {
        output.Write(proposal == null ? $"{question}: " : $"{question} [{proposal}]: ");
        output.Flush();
        string answer = input.ReadLine() ?? throw new BadInputException($"The input ended before an answer to \"{question}\".");
        return answer.Trim() is { Length: > 0 } given ? given : proposal ?? "";
    }
}
