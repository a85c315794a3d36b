using System.Security.Cryptography;
using System.Text;
using DevKit.CertGen.Authority;
using DevKit.CertGen.Manifests;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Secrets;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.CertGen.Provisioning;

/// <summary>Sets boards up, one after the other, over their consoles. Nothing is called done that the board did not confirm.</summary>
/// <param name="options">What was given, validated.</param>
/// <param name="image">The image that the boards run, to compare with; null to compare nothing.</param>
/// <param name="authority">The owner's CA; null for none.</param>
/// <param name="wifiPassword">UTF-8; null to leave it.</param>
/// <param name="terminal">Who is told.</param>
internal sealed class Provisioner(
    ProvisionOptions options, ImageFile? image, OwnerAuthority? authority, byte[]? wifiPassword, Terminal terminal)
{
    private const string UdsCommand = "set_dps_uds";

    /// <summary>Sets one board up and writes its certificates.</summary>
    /// <param name="givenUds">The UDS that the board gets; null if one is made, or the board keeps its own.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CommandException">The board refused, failed or went away; what was written to it may stand there.</exception>
    public async Task RunAsync(byte[]? givenUds, CancellationToken cancellation)
    {
        using BoardPort port = await BoardPort.OpenAsync(options.Port, cancellation);
        BoardConsole console = new(port, TimeSpan.FromSeconds(options.Timeout));
        await console.EnterAsync(terminal, cancellation);
        bool isMade = options.Uds == ProvisionOptions.GenerateUds;
        byte[]? uds = isMade ? RandomNumberGenerator.GetBytes(Uds.Length) : givenUds;
        string? kept = null;
        try
        {
            if (uds != null)
            {
                await RequireNoOtherUdsAsync(console, uds, cancellation);
                kept = isMade ? KeepUds(uds) : null;
                await SetUdsAsync(console, uds, cancellation);
            }

            await SetAllAsync(console, cancellation);
            byte[]? deviceId = authority == null ? null : await SignAsync(console, uds, authority, cancellation);
            ShownIdentity shown = await ReadIdentityAsync(console, cancellation);
            bool isCompared = Compare(shown, uds, deviceId);
            List<string> written = [.. WriteCertificates(shown, deviceId), .. kept == null ? [] : new[] { kept }];
            ProvisionReport report = ProvisionReport.Of(shown, isCompared, authority?.Certificate.Subject, written);
            written.Add(Manifest.Put(options.Out, report.ToManifestEntry()));
            terminal.Report(report, report.Describe);
        }
        catch (CommandException e) when (kept != null)
        {
            throw new CommandException($"{e.Message} {Keeping(kept)}");
        }
        catch (OperationCanceledException) when (kept != null)
        {
            terminal.Warn(Keeping(kept));
            throw;
        }
        finally
        {
            if (isMade)
            {
                SecretBytes.Clear(uds);
            }
        }
    }

    private async Task SetAllAsync(BoardConsole console, CancellationToken cancellation)
    {
        await SetAsync(console, "set_wifissid", options.WifiSsid, cancellation);
        if (wifiPassword != null)
        {
            await SetAsync(console, "set_wifipwd", wifiPassword.Length > 0 ? wifiPassword : null, cancellation);
        }

        await SetAsync(console, "set_dps_endpoint", options.Endpoint, cancellation);
        await SetAsync(console, "set_dps_idscope", options.IdScope, cancellation);
        await SetAsync(console, "set_registration_id", options.RegistrationId, cancellation);
        await SetAsync(console, "set_dps_csr", options.Csr, cancellation);
    }

    private async Task SetAsync(BoardConsole console, string command, string? value, CancellationToken cancellation)
    {
        if (value != null)
        {
            await SetAsync(console, command, Encoding.UTF8.GetBytes(value), cancellation);
        }
    }

    private async Task SetAsync(BoardConsole console, string command, byte[]? value, CancellationToken cancellation)
    {
        ConsoleAnswer answer = await console.ExecuteAsync(command, value, cancellation);
        terminal.Prompt.WriteLine($"{command}: {answer.RequireDone()}");
        Warn(answer);
    }

    // A board that is set up already, or one that was not exchanged for the next, keeps the identity under which it is enrolled.
    private async Task RequireNoOtherUdsAsync(BoardConsole console, byte[] uds, CancellationToken cancellation)
    {
        ConsoleAnswer settings = await console.ExecuteAsync("show", null, cancellation);
        settings.RequireNoRefusal();
        if (options.Force || settings.Find("dps_uds") == "not set")
        {
            return;
        }

        ConsoleAnswer answer = await console.ExecuteAsync("show_request", null, cancellation);
        if (!answer.Lines.Any(line => line.StartsWith("ERROR: ", StringComparison.Ordinal))
            && ParseRequest(answer).KeyId == KeyIdOf(uds))
        {
            return;
        }

        throw new CommandException(
            $"The board at {options.Port} holds another UDS, and with it an identity that may be enrolled. "
            + "Connect the board that is meant, or give --force to replace the UDS.");
    }

    private async Task SetUdsAsync(BoardConsole console, byte[] uds, CancellationToken cancellation)
    {
        byte[] text = Hex.EncodeToBytes(uds);
        try
        {
            await SetAsync(console, UdsCommand, text, cancellation);
        }
        finally
        {
            SecretBytes.Clear(text);
        }
    }

    // Before the board has it: whatever happens to the line, no board holds a UDS that nobody knows.
    private string KeepUds(byte[] uds)
    {
        OutputFiles files = new(terminal);
        files.AddPrivate("--out", InFolder(DeviceIdRequest.FileNameFor(KeyIdOf(uds), ".uds")));
        byte[] line = UdsLine.Encode(uds);
        try
        {
            files.Write(overwrite: false, [line]);
        }
        finally
        {
            SecretBytes.Clear(line);
        }

        return files.Paths.Single();
    }

    private async Task<byte[]> SignAsync(BoardConsole console, byte[]? uds, OwnerAuthority ca, CancellationToken cancellation)
    {
        ConsoleAnswer answer = await console.ExecuteAsync("show_request", null, cancellation);
        answer.RequireNoRefusal();
        DeviceIdRequest request = ParseRequest(answer);
        if (uds != null && request.KeyId != KeyIdOf(uds))
        {
            throw new CommandException(
                $"The board's request is for the DeviceID key {request.KeyId} instead of {KeyIdOf(uds)}: it did not keep the UDS. "
                + "Begin again.");
        }

        byte[] certificate = ca.Sign(request);
        await SetAsync(console, "set_device_cert", Convert.ToBase64String(certificate), cancellation);
        return certificate;
    }

    private async Task<ShownIdentity> ReadIdentityAsync(BoardConsole console, CancellationToken cancellation)
    {
        ConsoleAnswer answer = await console.ExecuteAsync("show_identity", null, cancellation);
        answer.RequireNoRefusal();
        Warn(answer);
        return ShownIdentity.Parse(answer);
    }

    private bool Compare(ShownIdentity shown, byte[]? uds, byte[]? deviceId) => FindDifference(shown, uds, deviceId) is { } difference
        ? throw new CommandException(
            $"The board at {options.Port} shows {difference}. No certificate was written; mend that and begin again.")
        : uds != null && image != null;

    private string? FindDifference(ShownIdentity shown, byte[]? uds, byte[]? deviceId)
        => (options.RegistrationId == null || shown.RegistrationId == options.RegistrationId
            ? null
            : $"registration ID {shown.RegistrationId} instead of {options.RegistrationId}")
        ?? (deviceId == null || deviceId.AsSpan().SequenceEqual(shown.DeviceIdCertificate)
            ? null
            : "another DeviceID certificate than the one that it was given")
        ?? (uds == null ? null : shown.FindOtherUds(KeyIdOf(uds)))
        ?? (image == null ? null : shown.FindOtherImage(image.Bytes))
        ?? (uds == null || image == null ? null : FindOtherCertificate(shown, uds, image));

    private static string? FindOtherCertificate(ShownIdentity shown, byte[] uds, ImageFile image)
    {
        DiceCredential computed = DiceEngine.Derive(uds, image.Bytes, shown.RegistrationId);
        computed.Clear();
        return shown.FindOtherCertificate(computed.AliasCertificate);
    }

    // Files that hold the same already are left alone: a board may come twice.
    private IEnumerable<string> WriteCertificates(ShownIdentity shown, byte[]? deviceId)
    {
        OutputFiles files = new(terminal);
        List<string> contents = [];
        Add(OutputFiles.NameFor(shown.RegistrationId, ".pem"), shown.AliasCertificate);
        if (deviceId != null)
        {
            Add(DeviceIdRequest.FileNameFor(shown.DeviceIdKeyId, ".pem"), deviceId);
        }

        files.Write(options.Force || files.AskOverwrite(), contents);
        return files.Paths;

        void Add(string name, byte[] certificate)
        {
            string path = InFolder(name), pem = Pem.Encode("CERTIFICATE", certificate);
            if (InputFile.ReadPresent(path) is not { } present || !present.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(pem)))
            {
                files.Add("--out", path);
                contents.Add(pem);
            }
        }
    }

    private void Warn(ConsoleAnswer answer)
    {
        foreach (string warning in answer.Warnings)
        {
            terminal.Warn($"the board says: {warning}");
        }
    }

    private static string Keeping(string file) => $"The UDS that was made for this board is in {file}: go on with --uds {file}";

    private string InFolder(string name) => options.Out == "." ? name : Path.Combine(options.Out, name);

    private static DeviceIdRequest ParseRequest(ConsoleAnswer answer)
        => DeviceIdRequest.Parse(Encoding.ASCII.GetBytes(string.Join('\n', answer.Lines)), "The request that the board shows");

    private static string KeyIdOf(byte[] uds)
        => DeviceIdRequest.Parse(DiceEngine.CreateDeviceIdRequest(uds), "The request").KeyId;
}
