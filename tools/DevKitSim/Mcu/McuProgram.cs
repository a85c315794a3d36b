using System.Text.Json;
using DevKit.Boot;
using DevKit.Dice;
using DevKit.Sim.Link;
using NanoStandIns;

namespace DevKit.Sim.Mcu;

/// <summary>
/// One power-on of the microcontroller: a process of its own, which a reset ends and pulling the plug kills at any
/// instruction. Its standard input and output are the link to the board.
/// </summary>
internal static class McuProgram
{
    /// <summary>The argument that makes this program the microcontroller.</summary>
    public const string Argument = "mcu";

    public static int Run()
    {
        BoardLink link = new(Console.OpenStandardInput(), Console.OpenStandardOutput());

        // Nothing may print into the link.
        Console.SetOut(TextWriter.Null);
        if (!link.TryReceive(out LinkMessage message, out byte[] content) || message != LinkMessage.Hello)
        {
            Console.Error.WriteLine("This is a part of the virtual DevKit; start it with: run, or demo.");
            return 1;
        }

        McuConfiguration configuration = JsonSerializer.Deserialize<McuConfiguration>(content)!;
        RemoteMachine machine = new(link, configuration);
        MachineHost.Current = machine.Assemble();
        machine.Start();
        byte[]? image = configuration.ImageFile == null ? MeasuredImage.Read() : File.ReadAllBytes(configuration.ImageFile);
        Boot.Program.Run(configuration.HasApplication ? image : null);
        return 0;
    }
}
