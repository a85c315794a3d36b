using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using DevKit.Board;
using DevKit.Boot.Console;
using DevKit.CommandLine;
using DevKit.Sim.Board;

namespace DevKit.Demo;

/// <summary>
/// The same board as one of a fleet: an owner's CA vouches for its DeviceID, DPS knows the CA alone, and the board is issued an
/// operational certificate for its hub.
/// </summary>
internal sealed partial class GroupSteps(DemoStage stage)
{
    private const string Group = "my-boards";

    private string CaCertificate => Path.Combine(stage.Folder, "owner-ca.pem");

    private string CaKey => Path.Combine(stage.Folder, "owner-ca.key");

    /// <summary>Runs the steps with the board that registered before.</summary>
    /// <exception cref="CommandException">A step did not show what it should have.</exception>
    public async Task RunAsync(string registrationId)
    {
        using VirtualDevKit board = stage.CreateBoard(null);
        using SerialMonitor serial = new(board);
        await ConfigureAsync(board, serial);
        await EnrollAsync(registrationId);
        await ConnectAsync(board, serial, registrationId);
    }

    private async Task ConfigureAsync(VirtualDevKit board, SerialMonitor serial)
    {
        board.SetButton(BoardPins.ButtonA, true);
        board.PlugIn();
        await stage.ReadAsync(serial, "The configuration prompt", LineEditor.Prompt);
        board.SetButton(BoardPins.ButtonA, false);
        string shown = await stage.TypeAsync(serial, "show_request");
        Match request = Request().Match(shown.ReplaceLineEndings("\n"));
        if (!request.Success)
        {
            throw new CommandException($"show_request shows no request: {shown}");
        }

        await stage.SetAsync(serial, "set_device_cert " + Convert.ToBase64String(await SignAsync(request.Value)));
        await stage.SetAsync(serial, "set_dps_csr on");
    }

    private async Task<byte[]> SignAsync(string request)
    {
        string requestFile = Path.Combine(stage.Folder, "device-id.csr"), certificateFile = Path.Combine(stage.Folder, "device-id.pem");
        await File.WriteAllTextAsync(requestFile, request, stage.Cancellation);
        string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + "\n";
        await DemoStage.RunCertGenAsync(password, "ca", "--password", "-", "--out", CaCertificate, "--key-out", CaKey);
        await DemoStage.RunCertGenAsync(
            password, "sign", requestFile, "--ca", CaCertificate, "--ca-key", CaKey, "--password", "-", "--out", certificateFile);
        stage.Report("owner's CA", "made by CertGen, signed the DeviceID request that show_request prints");
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(certificateFile);
        return certificate.RawData;
    }

    private async Task EnrollAsync(string registrationId)
    {
        await stage.Page.RemoveEnrollmentAsync(registrationId, stage.Cancellation);
        await stage.Page.EnrollGroupAsync(Group, await File.ReadAllTextAsync(CaCertificate, stage.Cancellation), stage.Cancellation);
        stage.Report(
            "group", $"{Group}: the CA is enrolled, with the policy that issues certificates; {registrationId} itself is not any more");
    }

    private async Task ConnectAsync(VirtualDevKit board, SerialMonitor serial, string registrationId)
    {
        long seen = await stage.Page.GetLastMessageAsync(registrationId, stage.Cancellation);
        board.Reset();
        string assigned = await stage.ReadAsync(serial, "The assignment", "DPS: assigned to ", "ERROR: DPS answers");
        if (await stage.Page.FindGroupAsync(registrationId, Group, stage.Cancellation) != "assigned")
        {
            throw new CommandException($"The group has not registered the board: {DemoStage.LastLine(assigned)}");
        }

        stage.Report("registration", $"{DemoStage.LastLine(assigned)}, by the group");
        stage.Report("certificate", DemoStage.LastLine(await stage.ReadAsync(serial, "The certificate", " above it\r", "WARNING")));
        stage.Report("hub", DemoStage.LastLine(await stage.ReadAsync(serial, "The hub connection", "Hub: connected to ")));
        string telemetry = await stage.Page.WaitForTelemetryAsync(registrationId, seen, DemoStage.Patience, stage.Cancellation);
        stage.Report("telemetry", $"the hub has seen {telemetry}");
    }

    [GeneratedRegex("-----BEGIN CERTIFICATE REQUEST-----\n[^-]+-----END CERTIFICATE REQUEST-----")]
    private static partial Regex Request();
}
