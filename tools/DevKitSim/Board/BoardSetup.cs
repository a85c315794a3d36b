using System.Security.Cryptography;
using System.Text;
using DevKit.Board;
using DevKit.Boot.Console;
using DevKit.CommandLine;

namespace DevKit.Sim.Board;

/// <summary>Types settings into a board's console, as its owner would: the firmware's own rules say what is right.</summary>
internal static class BoardSetup
{
    private const string Accepted = " successfully.";

    // Nothing is measured by it: a console that does not come at all is the fault that it finds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Plugs a board in with button A held, types settings, and pulls the plug; without settings it does nothing.</summary>
    /// <param name="board">The board, not plugged in.</param>
    /// <param name="settings">The settings, in their order.</param>
    /// <param name="cancellation">Ends it; the settings typed so far stand.</param>
    /// <exception cref="CommandException">The console refuses one: none of them is kept.</exception>
    /// <exception cref="IOException">The board can't be started, or can't keep them.</exception>
    public static async Task ApplyAsync(VirtualDevKit board, IReadOnlyList<BoardSetting> settings, CancellationToken cancellation)
    {
        if (settings.Count == 0)
        {
            return;
        }

        byte[]? before = board.Folder.ReadSecureElement();
        try
        {
            string? refusal = await TypeAsync(board, settings, cancellation);
            if (refusal != null)
            {
                board.Folder.RestoreSecureElement(before);
                throw new CommandException(refusal);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(before);
        }
    }

    /// <summary>The command that sets a value, with Enter: a backslash keeps each blank and quote in it.</summary>
    internal static byte[] WriteCommand(BoardSetting setting)
    {
        byte[] head = Encoding.ASCII.GetBytes($"set_{setting.Name} ");
        byte[] command = new byte[head.Length + setting.Value.Length + setting.Value.Count(IsEscaped) + 1];
        head.CopyTo(command, 0);
        int length = head.Length;
        foreach (byte b in setting.Value)
        {
            if (IsEscaped(b))
            {
                command[length++] = (byte)'\\';
            }

            command[length++] = b;
        }

        command[length] = (byte)'\r';
        return command;
    }

    private static bool IsEscaped(byte b) => b is (byte)' ' or (byte)'"';

    private static async Task<string?> TypeAsync(
        VirtualDevKit board, IReadOnlyList<BoardSetting> settings, CancellationToken cancellation)
    {
        using SerialMonitor monitor = new(board);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        string? failure = null;
        void OnNotified(string message)
        {
            failure = message;
            end.Cancel();
        }

        board.Notified += OnNotified;
        board.SetButton(BoardPins.ButtonA, true);
        try
        {
            board.PlugIn();
            await ReadPromptAsync(monitor, end.Token);
            foreach (BoardSetting setting in settings)
            {
                string answer = await ExecuteAsync(board, monitor, setting, end.Token);
                if (!answer.Contains(Accepted, StringComparison.Ordinal))
                {
                    return $"{setting.Name}: the board refuses it: {answer} Mend the value; no setting was changed.";
                }
            }

            return null;
        }
        catch (OperationCanceledException) when (failure != null)
        {
            throw new IOException(failure);
        }
        catch (TimeoutException e)
        {
            throw new IOException(e.Message.ReplaceLineEndings(" "), e);
        }
        finally
        {
            board.PullPlug();
            board.SetButton(BoardPins.ButtonA, false);
            board.Notified -= OnNotified;
        }
    }

    /// <summary>Types a setting.</summary>
    /// <returns>The console's answer, a line.</returns>
    private static async Task<string> ExecuteAsync(
        VirtualDevKit board, SerialMonitor monitor, BoardSetting setting, CancellationToken cancellation)
    {
        byte[] command = WriteCommand(setting);
        try
        {
            board.TypeSerial(command);
            string answer = await ReadPromptAsync(monitor, cancellation);
            string[] lines = answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

            // The first is the echo, the last the prompt.
            return string.Join(' ', lines.Skip(1).SkipLast(1));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(command);
        }
    }

    private static Task<string> ReadPromptAsync(SerialMonitor monitor, CancellationToken cancellation) =>
        monitor.ReadUntilAsync("The console's prompt", Patience, cancellation, LineEditor.Prompt);
}
