using System.Text;
using DevKit.Boot;
using DevKit.Boot.Console;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Support.Machines;
using DevKit.VirtualParts.StSafe;

namespace DevKit.Boot.Tests;

/// <summary>A board in configuration mode, by bytes in and bytes out.</summary>
internal sealed class ConsoleSession
{
    public static readonly FirmwareImage Image = FirmwareImage.Read(MeasuredImage.Read());

    public ConsoleSession(Action<TestMachine>? prepare = null)
    {
        Machine = new TestMachine();
        Machine.Bus.Attach(VirtualStSafe.Address, new VirtualStSafe(Memory));
        prepare?.Invoke(Machine);
        Machine.Install();
        Parts = BoardParts.Open();
    }

    public TestMachine Machine { get; }

    public MemoryChipStore Memory { get; } = new();

    public BoardParts Parts { get; }

    /// <summary>Types bytes, then <c>exit</c>, and returns what the console sent between its first prompt and the reboot.</summary>
    public string Type(string bytes) => Type(Encoding.UTF8.GetBytes(bytes));

    public string Type(byte[] bytes)
    {
        int before = Machine.Sent.Length;
        Machine.Receive([.. bytes, .. "exit\r"u8]);
        Assert.ThrowsExactly<RebootException>(() => new ConfigurationConsole(Parts, Image).Run());
        Machine.PowerOn();
        string sent = Machine.Sent[before..];
        int start = sent.IndexOf(LineEditor.Prompt, StringComparison.Ordinal);
        int end = sent.LastIndexOf("exit\r\nReboot\r\n", StringComparison.Ordinal);
        return sent[start..end];
    }

    /// <summary>Types a line and Enter, and returns what the command printed.</summary>
    public string Execute(string line)
    {
        string sent = Type(line + "\r");
        int start = sent.IndexOf("\r\n", LineEditor.Prompt.Length, StringComparison.Ordinal) + 2;
        return sent[start..sent.LastIndexOf(LineEditor.Prompt, StringComparison.Ordinal)];
    }

    public string? Stored(Setting setting)
    {
        SettingValue value = Parts.Store.Read(setting);
        return value.State == SettingState.Set ? Encoding.UTF8.GetString(value.Bytes) : null;
    }
}
