using System.Text;
using System.Text.Json;
using DevKit.Board;
using DevKit.Boot;
using DevKit.Boot.Console;
using DevKit.Boot.Settings;
using DevKit.Sim.Board;
using DevKit.Support.Machines;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Support.Boards;

/// <summary>A virtual board in a folder of its own, and someone who types and reads along.</summary>
public sealed class TestBoard : IDisposable
{
    // What is asserted is that something comes, not when.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationToken _cancellation;

    public TestBoard(CancellationToken cancellation, BoardOptions? options = null)
    {
        _cancellation = cancellation;
        FolderPath = Directory.CreateTempSubdirectory("devkit-board-").FullName;
        BoardNumbers numbers = new(Convert.FromHexString(Sample.Mac), [.. Enumerable.Range(1, 12).Select(i => (byte)i)]);
        File.WriteAllText(Path.Combine(FolderPath, "board.json"), JsonSerializer.Serialize(numbers));
        Board = new VirtualDevKit((options ?? new BoardOptions()) with { Folder = FolderPath });
        Serial = new SerialMonitor(Board);
    }

    public string FolderPath { get; }

    public VirtualDevKit Board { get; }

    public SerialMonitor Serial { get; }

    /// <summary>Plugs the board in with button A held, and waits for the prompt.</summary>
    public async Task ConfigureAsync()
    {
        Board.SetButton(BoardPins.ButtonA, true);
        Board.PlugIn();
        await ReadPromptAsync();
        Board.SetButton(BoardPins.ButtonA, false);
    }

    public Task<string> ReadPromptAsync() => Serial.ReadUntilAsync("The prompt", Patience, _cancellation, LineEditor.Prompt);

    public Task<string> ReadLineAsync(string text) => Serial.ReadUntilAsync($"\"{text}\"", Patience, _cancellation, text);

    /// <summary>Types a command and reads what it prints.</summary>
    public Task<string> ExecuteAsync(string line)
    {
        Serial.Type(line);
        return ReadPromptAsync();
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task WaitUntilAsync(Func<bool> holds, string what)
    {
        for (int i = 0; i < 6000 && !holds(); i++)
        {
            await Task.Delay(10);
        }

        Assert.IsTrue(holds(), what);
    }

    /// <summary>Reads a setting out of the chip's file of a board without power, as the firmware's store reads it.</summary>
    public SettingValue ReadStored(Setting setting)
    {
        Assert.IsFalse(Board.IsPowered);
        using TestMachine machine = new();
        machine.Bus.Attach(VirtualStSafe.Address, new VirtualStSafe(new FileChipStore(Board.Folder.SecureElementFile)));
        return MachineGate.Use(machine, () => BoardParts.Open().Store.Read(setting));
    }

    public string? ReadStoredText(Setting setting)
    {
        SettingValue value = ReadStored(setting);
        Assert.AreNotEqual(SettingState.Unrecognized, value.State, value.Problem);
        return value.State == SettingState.Set ? Encoding.UTF8.GetString(value.Bytes) : null;
    }

    public void Dispose()
    {
        Serial.Dispose();
        Board.Dispose();
        Directory.Delete(FolderPath, recursive: true);
    }
}
