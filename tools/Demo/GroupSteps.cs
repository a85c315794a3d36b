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
internal sealed partial class GroupSteps(DemoStage stage) : IDisposable
{
    private const string Group = "my-boards";

    private readonly OwnerAuthority _owner = new();

    /// <inheritdoc/>
    public void Dispose() => _owner.Dispose();

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

        byte[] certificate = _owner.Sign(request.Value);
        stage.Report("owner's CA", "signed the DeviceID request that show_request prints");
        await stage.SetAsync(serial, "set_device_cert " + Convert.ToBase64String(certificate));
        await stage.SetAsync(serial, "set_dps_csr on");
    }

    private async Task EnrollAsync(string registrationId)
    {
        await stage.Page.RemoveEnrollmentAsync(registrationId, stage.Cancellation);
        await stage.Page.EnrollGroupAsync(Group, _owner.Pem, stage.Cancellation);
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
